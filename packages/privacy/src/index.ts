export {
  type Account,
  accountFor,
  type Batches,
  type NoisyRun,
} from "./accounting/account-for.ts";
export {
  analyticGaussianDelta,
  analyticGaussianEpsilon,
  analyticGaussianNoiseMultiplier,
} from "./accounting/analytic-gaussian.ts";
export { type Calibration, smallestNoiseMultiplier } from "./accounting/calibrate.ts";
export { noisyTrainingEpsilon, withNoise } from "./accounting/noisy-training.ts";
export { PldAccount, type PldOptions, type Repeated } from "./accounting/pld/account.ts";
export { sampledGaussianLoss } from "./accounting/pld/gaussian-loss.ts";
export type { LossMechanism } from "./accounting/pld/loss.ts";
export { randomisedResponseLoss } from "./accounting/pld/randomised-response-loss.ts";
export {
  keepProbability,
  type RandomisedResponse,
  randomisedResponseRdp,
} from "./accounting/randomised-response.ts";
export {
  composeRdp,
  RDP_ORDERS,
  type RdpCurve,
  rdpDelta,
  rdpEpsilon,
  type RdpEpsilon,
  sampledGaussianCurve,
} from "./accounting/rdp.ts";
export { type SampledGaussian, sampledGaussianRdp } from "./accounting/sampled-gaussian-rdp.ts";
export { type ShuffledEpoch, shuffledEpsilonAtLeast } from "./accounting/shuffled.ts";
export {
  gaussianRho,
  zcdpDelta,
  zcdpEpsilon,
  zcdpNoiseMultiplier,
  zcdpRho,
} from "./accounting/zcdp.ts";
export {
  type About,
  type Adversary,
  type Attack,
  type AttackOptions,
  type AttackResult,
  type Leak,
  notApplicable,
  type Part,
  type Truth,
} from "./attacks/attack.ts";
export {
  maliciousOptimiser,
  type MaliciousOptions,
  type MaliciousStep,
} from "./attacks/dishonest/malicious-optimiser.ts";
export {
  type DistinguisherOptions,
  distinguisher,
  type WorldPair,
} from "./attacks/distinguisher/distinguisher.ts";
export { featureAttacks, releasedModelAttacks } from "./attacks/features/all.ts";
export { ReleasedModel } from "./attacks/features/released-model.ts";
export { inferenceFromOwnColumns } from "./attacks/features/shadow-inversion.ts";
export { labelAttacks } from "./attacks/labels/all.ts";
export type { LabelAttack } from "./attacks/labels/run.ts";
export { coordinatorAttacks } from "./attacks/masks/all.ts";
export { joinedViews } from "./attacks/masks/joined-views.ts";
export { type DealerKeys, dealerKeys, unmasked } from "./attacks/masks/unmasked.ts";
export { type Candidates, matchedSet, type MatchedSetOptions } from "./attacks/matched-set.ts";
export { empiricalEpsilon, type Outcome, tprAt } from "./attacks/membership/bounds.ts";
export {
  membership,
  type MembershipOptions,
  type MembershipResult,
  type Scorer,
} from "./attacks/membership/lira.ts";
export { supervised, supervisedFor } from "./attacks/supervised.ts";
export {
  BROKEN,
  type Evidence,
  excessLeakage,
  type Verdict,
  verdict,
  WORKS,
} from "./attacks/verdict.ts";
export { commerceDefence } from "./defences/commerce.ts";
export type {
  CommerceDefence,
  EmbeddingStep,
  GradientBatch,
  GradientStep,
  LabelStep,
  MediaDefence,
  StageModel,
} from "./defences/defence.ts";
export { mediaDefence } from "./defences/media.ts";
export { NOISE_KEY_BYTES, NoiseSource, type NoiseStream } from "./defences/noise.ts";
export { type DefenceStatement, describeDefence } from "./defences/describe.ts";
export { flipProbability, isSettled } from "./defences/randomised-response.ts";
export { type AucDifference, aucDifference } from "./statistics/auc-difference.ts";
export {
  chanceAnchoredScore,
  type DefenceOutcome,
  defenceScore,
} from "./statistics/defence-score.ts";
export {
  epsilonLowerBound,
  type LowerBoundOptions,
  type MembershipCounts,
} from "./statistics/epsilon-lower-bound.ts";
export type { Interval } from "./statistics/interval.ts";
export {
  type LiftDifference,
  liftDifference,
  type LiftDifferenceOptions,
} from "./statistics/lift-difference.ts";
export { pairedDifference, type SeedMean, seedMean } from "./statistics/mean.ts";
export {
  clopperPearson,
  type Count,
  differenceOf,
  type Estimated,
  newcombe,
  wilson,
} from "./statistics/proportion.ts";
