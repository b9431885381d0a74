export { writeComparison, writeRunReport } from "./write.ts";
export { POOLED_SCORES_FILE } from "./model/load-run.ts";
export type { Language } from "./words/words.ts";
