export { type Cost } from "./cost.ts";
export type { LedgerLine } from "./disclosure.ts";
export type { FeatureRows, Features } from "./features.ts";
export type {
  Entering,
  RoundInbox,
  Inputs,
  Machine,
  Operation,
  PartyMove,
  Results,
  MachineRole,
} from "./machine.ts";
export { CostRecorder, type RecordedRound } from "./machines/cost-recorder.ts";
export type {
  DealerContext,
  OpenedTensor,
  PartyContext,
  TwinContext,
} from "./machines/contexts.ts";
export { DealerMachine, type DealerOptions } from "./machines/dealer.ts";
export { PartyMachine } from "./machines/party.ts";
export type { PartyMachineOptions } from "./machines/party-options.ts";
export { TwinMachine, valuesOf } from "./machines/twin.ts";
export { type MaskSource, type MaskStream, MaskStreams, type TableMask } from "./masks.ts";
export {
  type FittingSchedule,
  fittingBatchSize,
  fittingSchedule,
  type LogisticPlan,
  type ModelPlan,
  type SinePlan,
} from "./models/model.ts";
export { snapshotsOf } from "./models/averaging.ts";
export type { ChosenHeads } from "./models/head-choice.ts";
export { plannedBatchSize } from "./models/noisy-schedule.ts";
export { maskedScoring, type ScoringOptions, type ScoringPlan } from "./models/scoring.ts";
export { batches } from "./models/schedule.ts";
export {
  type HeadScores,
  selectHeads,
  type Selection,
  WEIGHT_BITS,
  weightedLogits,
} from "./models/selection.ts";
export { type DpTraining } from "./models/sensitivity.ts";
export { SINE_BITS } from "./models/sine.ts";
export { trainingSteps } from "./models/slot-schedule.ts";
export {
  maskedTraining,
  type TrainingOptions,
  type TrainingOutcome,
  type TrainingPhase,
  type TrainingPlan,
} from "./models/training.ts";
export {
  discreteGaussianNoise,
  discreteLaplace,
  type GradientNoise,
} from "./noise/discrete-gaussian.ts";
export { SCORE_NOISE } from "./noise/score-offsets.ts";
export { keyedWords, type RandomWords, systemWords } from "./noise/random-words.ts";
export type { MaskedRows, Spill } from "./rows/masked-rows.ts";
export { product } from "./operations/product.ts";
export { otherSide, type Side, SIDES } from "./side.ts";
export { SECRET_BYTES, streamsOfKey, SyntheticMasks } from "./synthetic-masks.ts";
export type { PrivateMatrix, Rows, Shared, VerticalMatrix } from "./values.ts";
export { LARGEST_LOGIT, saturatedLabels } from "./models/saturation.ts";
