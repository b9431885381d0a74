export { NoMasks } from "./control/no-masks.ts";
export { bench, type BenchOptions, MOST_JOBS } from "./grid/bench.ts";
export { type Campaign, CAMPAIGN_DEFAULTS } from "./joining/campaign.ts";
export { joiningCard } from "./joining/card.ts";
export {
  joining,
  type Compared,
  type Gain,
  type Joining,
  type JoiningInput,
} from "./joining/joining.ts";
export { joiningOfRun, type RunFacts } from "./joining/joining-of-run.ts";
export { joiningText } from "./joining/text.ts";
export {
  attackRun,
  type RunAttack,
  type RunOptions,
  type RunReport,
  type RunVerdict,
} from "./recorded/attack-run.ts";
export { besideRun } from "./recorded/beside-run.ts";
export { openRun } from "./recorded/open-run.ts";
export type { TruthFiles } from "./recorded/truth-files.ts";
export type { ReportOptions } from "./report/report.ts";
export { writeReport } from "./report/write-report.ts";
