export { type AucDifference, aucDifference } from "./auc-difference.ts";
export {
  combine,
  type Combined,
  intervalOf,
  type Measured,
  pOfNone,
} from "./combined.ts";
export {
  chanceAnchoredScore,
  type DefenceOutcome,
  defenceScore,
} from "./defence-score.ts";
export {
  epsilonLowerBound,
  type LowerBoundOptions,
  type MembershipCounts,
} from "./epsilon-lower-bound.ts";
export { gaussianLowerBound } from "./gaussian-lower-bound.ts";
export { holm } from "./holm.ts";
export type { Interval } from "./interval.ts";
export {
  type LiftDifference,
  liftDifference,
  type LiftDifferenceOptions,
} from "./lift-difference.ts";
export { pairedDifference, type SeedMean, seedMean } from "./mean.ts";
export {
  clopperPearson,
  type Count,
  differenceOf,
  type Estimated,
  newcombe,
  wilson,
} from "./proportion.ts";
