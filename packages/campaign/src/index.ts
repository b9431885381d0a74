export { type Campaign, CAMPAIGN_DEFAULTS } from "./campaign.ts";
export { joiningCard } from "./card.ts";
export { type Compared, type Joining, joining } from "./joining.ts";
export { type Classes, LEAST_OF_A_CLASS, type Suspect } from "./doubts.ts";
export { type JoiningReport, joiningReportSchema, type LabelJoining } from "./report.ts";
export { joiningText } from "./text.ts";
export { words as joiningWords } from "./words.ts";
