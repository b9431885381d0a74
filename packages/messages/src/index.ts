/** The parts of a plan that the catalogue of kinds defines. */
export {
  type DefencePlan,
  defenceSchema,
  type Model,
  comparedKindSchema,
  modelSchema,
  type Protocol,
  protocolSchema,
} from "@moongate/catalogue";
export { abortOf, cameByAbort, refusalOf } from "./abort.ts";
export { byName, recordOf } from "./by-name.ts";
export { ControlChannel, type ControlLink, type ControlOptions } from "./channel.ts";
export {
  type Abort,
  type ControlMessage,
  type ControlOf,
  type ControlType,
  decodeControl,
  encodeControl,
  MAX_CONTROL_BYTES,
} from "./control.ts";
export { checked } from "./parse.ts";
export {
  dpChoicesSchema,
  type DpPlan,
  dpSchema,
} from "./dp.ts";
export { canonical } from "./canonical.ts";
export {
  alignmentSchema,
  makePlan,
  idRuleSchema,
  type Plan,
  type PlanChoices,
  planChoicesSchema,
  planSchema,
  scoreNoiseSchema,
  sessionNameSchema,
} from "./plan.ts";
export {
  countSchema,
  digestSchema,
  otherParty,
  type Role,
  roleSchema,
  type Side,
  type PartitionRows,
  sideSchema,
  partitionRowsSchema,
  type Width,
  widthSchema,
} from "./roles.ts";
export {
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
  type SessionPlan,
} from "./session-plan.ts";
export { scoringPlanOf, trainingPlanOf } from "./training.ts";
export { PROTOCOL_VERSION } from "./version.ts";
export { withoutNoise } from "./without-noise.ts";
