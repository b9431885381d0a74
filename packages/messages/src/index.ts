export { type AloneDocument, aloneSchema } from "./alone.ts";
export { abortOf, cameByAbort, refusalOf } from "./abort.ts";
export { ControlChannel, type ControlLink, type ControlOptions } from "./channel.ts";
export {
  type Abort,
  CONTROL_KIND,
  type ControlMessage,
  type ControlOf,
  type ControlType,
  controlSchema,
  decodeControl,
  encodeControl,
  MAX_CONTROL_BYTES,
} from "./control.ts";
export { checked } from "./parse.ts";
export {
  type DefencePlan,
  defenceSchema,
  type EmbeddingDefence,
  embeddingDefenceSchema,
  type GradientDefence,
  gradientDefenceSchema,
  type LabelDefence,
  labelDefenceSchema,
} from "./defence.ts";
export type {
  CommerceDefence,
  CommerceDefences,
  EmbeddingStep,
  GradientBatch,
  GradientStep,
  LabelStep,
  MediaDefence,
  MediaDefences,
  StageModel,
} from "./defence-steps.ts";
export {
  type DpChoices,
  dpChoicesSchema,
  type DpPlan,
  type DpReport,
  dpReport,
  dpReportSchema,
  dpSchema,
} from "./dp.ts";
export { peakMemory } from "./peak-memory.ts";
export { type CpuSeconds, cpuSecondsSchema, PHASE_CHANNEL, PhaseCpu } from "./phase-cpu.ts";
export { canonical } from "./canonical.ts";
export { PHASES, type Phase, phaseSchema } from "./phases.ts";
export {
  type Alignment,
  alignmentSchema,
  logisticSchema,
  makePlan,
  type Model,
  modelSchema,
  type Plan,
  type PlanChoices,
  planChoicesSchema,
  planSchema,
  type Protocol,
  protocolSchema,
  reluSchema,
  type Partition,
  sessionNameSchema,
  sineSchema,
  partitionSchema,
} from "./plan.ts";
export {
  type JoiningReport,
  joiningReportSchema,
  type LabelJoining,
} from "./joining.ts";
export { type ModelKind } from "./model-kind.ts";
export {
  environmentSchema,
  type LabelAuc,
  type LocalReport,
  localReportSchema,
  type Metrics,
  type ModelReport,
  RESULT_VERSION,
  type ResultDocument,
  resultSchema,
} from "./result.ts";
export {
  countSchema,
  digestSchema,
  otherParty,
  type Role,
  roleSchema,
  type Side,
  type PartitionRows,
  sideSchema,
  splitRowsSchema,
  type Width,
  widthSchema,
} from "./roles.ts";
export {
  type Disclosure,
  disclosureSchema,
  type SeenRow,
  seenRowSchema,
  type TrafficRow,
  trafficRowSchema,
} from "./seen.ts";
export { sightsOf, trafficOf } from "./sight.ts";
export {
  modelIdSchema,
  planDigest,
  type PredictionPlan,
  predictionPlanSchema,
  type SessionPlan,
  sessionPlanSchema,
} from "./session-plan.ts";
export { scoringPlanOf, trainingPlanOf } from "./training.ts";
export { PROTOCOL_VERSION } from "./version.ts";
export { paced } from "./pace.ts";
export { withoutNoise } from "./without-noise.ts";
