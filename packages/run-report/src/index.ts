export { REPORT_FILE, writeComparison, writeRunReport } from "./write.ts";
export { POOLED_SCORES_FILE } from "./model/load-run.ts";
export { type PageLanguage, PAGE_LANGUAGES } from "./words/words.ts";
