export type { Engine, EngineChoice, EngineName } from "./engine/engine.ts";
export { loadEngine } from "./engine/load.ts";
export type { Activation, DenseLayer } from "./networks/layers.ts";
export {
  type Examples,
  type Network,
  type NetworkKind,
  type NetworkOptions,
  type NetworkPlan,
  singleNetwork,
  trainNetwork,
} from "./networks/network.ts";
export { BOOSTING_DEFAULTS } from "./boosting/settings.ts";
export type { RawColumn } from "./boosting/raw-column.ts";
export { binTable, scoresOf } from "./boosting/booster.ts";
export { trainBooster } from "./boosting/train-boosting.ts";
export { type BatchSchedule, shuffledBatches } from "./networks/schedule.ts";
export {
  type CommerceBatch,
  type CommerceHalf,
  commerceHalf,
} from "./split/commerce-half.ts";
export type { Columns, HalfOptions } from "./split/half.ts";
export { type MediaHalf, mediaHalf, type MediaHalfOptions } from "./split/media-half.ts";
export {
  cutWidth,
  type Rate,
  type SplitPlan,
  splitRates,
  type SplitWidth,
} from "./split/plan.ts";
export {
  type SplitNetwork,
  type SplitSide,
  type OneProcessOptions,
  trainSplitInOneProcess,
} from "./split/one-process.ts";
export { decodeTower, encodeTower } from "./towers/encoding.ts";
export { type Objective, plainTower, type Tower, type TowerState } from "./towers/tower.ts";
export {
  type EpochReport,
  TOWER_DEFAULTS,
  type TowerOptions,
  type TowerPlan,
  trainTower,
} from "./towers/train.ts";
