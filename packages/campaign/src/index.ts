export { type Campaign, CAMPAIGN_DEFAULTS } from "./campaign.ts";
export { joiningCard } from "./card.ts";
export { type Joining, joining } from "./joining.ts";
export type { Compared, Suspect } from "./measured.ts";
export { LEAST_OF_A_CLASS } from "./doubts.ts";
export { type JoiningReport, joiningReportSchema, type LabelJoining } from "./report.ts";
export { joiningText } from "./text.ts";
export { words as joiningWords } from "./words.ts";
