export { slowAttacks } from "./attacks/all.ts";
export { PAPERS } from "./attacks/papers.ts";
export { auditWorks } from "./attacks/canary/audit.ts";
export {
  BROKEN,
  type Found,
  foundIn,
  judge,
  LEVEL,
  MARGIN,
  pOfNoLeak,
  type Verdict,
  WORKS,
} from "./attacks/verdict.ts";
export { type Executor, here, Worker } from "./grid/executor.ts";
export { gridDefences } from "./grid/defences.ts";
export {
  auditsOf,
  FULL,
  gridOf,
  type GridShape,
  type GridTable,
  QUICK,
  trainings,
} from "./grid/grids.ts";
export { progressLine, type ProgressOutput } from "./grid/progress-line.ts";
export { runGrid } from "./grid/run-grid.ts";
export { type AttackOutcome, type Unit, type UnitResult, unitResultSchema } from "./grid/unit.ts";
export type { RunAttack, RunReport } from "./recorded/attack-run.ts";
export type { TruthFiles } from "./recorded/truth-files.ts";
export { ownTable, realTable, syntheticTable } from "./tables/known-tables.ts";
export { loadTable } from "./tables/table.ts";
export { attackRun } from "./recorded/attack-run.ts";
export { besideRun } from "./recorded/beside-run.ts";
export { openRun } from "./recorded/open-run.ts";
