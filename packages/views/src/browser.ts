/** The part of this package that runs in a browser: views in memory, and none in files. */
export type { NewView, Source, Tensor, ViewHeader } from "./format.ts";
export { MemoryView } from "./memory.ts";
export { type RealMatrix, matrixOf, named, type View } from "./view.ts";
