export { writeComparison, writeRunReport } from "./write.ts";
export { POOLED_SCORES_FILE } from "./model/load-run.ts";
export { type Language, LANGUAGES } from "./words/words.ts";
