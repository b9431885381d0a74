export { makeFolder } from "./make-folder.ts";
export { copyWhole, type WriteOptions, writeWhole, writeWholeFolder } from "./write-whole.ts";
