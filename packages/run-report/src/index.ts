export { REPORT_FILE, writeRunReport } from "./write.ts";
export { POOLED_SCORES_FILE } from "./model/load-run.ts";
export { OUTCOME_FILE, type OutcomeDocument, outcomeSchema } from "./model/outcome.ts";
export { type Language, LANGUAGES } from "./words/words.ts";
