export { type AloneDocument, aloneSchema } from "./alone.ts";
export type { Disclosure } from "./disclosure.ts";
export { dpReport, type DpReport } from "./dp-report.ts";
export { OUTCOME_FILE, type OutcomeDocument, outcomeSchema } from "./outcome.ts";
export {
  type Epochs,
  environmentSchema,
  type HeadsReport,
  type LabelAuc,
  type LocalReport,
  localReportSchema,
  type Metrics,
  type ModelReport,
  RESULT_VERSION,
  type ResultDocument,
  resultSchema,
} from "./result.ts";
