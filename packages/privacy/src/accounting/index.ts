export {
  type Account,
  accountFor,
  type Batches,
  type NoisyRun,
} from "./account-for.ts";
export {
  analyticGaussianDelta,
  analyticGaussianEpsilon,
  analyticGaussianNoiseMultiplier,
} from "./analytic-gaussian.ts";
export { type Calibration, smallestNoiseMultiplier } from "./calibrate.ts";
export { noisyTrainingEpsilon, withNoise } from "./noisy-training.ts";
export { PldAccount, type PldOptions, type Repeated } from "./pld/account.ts";
export { sampledGaussianLoss } from "./pld/gaussian-loss.ts";
export type { LossMechanism } from "./pld/loss.ts";
export { randomisedResponseLoss } from "./pld/randomised-response-loss.ts";
export {
  keepProbability,
  type RandomisedResponse,
  randomisedResponseRdp,
} from "./randomised-response.ts";
export {
  composeRdp,
  RDP_ORDERS,
  type RdpCurve,
  rdpDelta,
  rdpEpsilon,
  type RdpEpsilon,
  sampledGaussianCurve,
} from "./rdp.ts";
export { type SampledGaussian, sampledGaussianRdp } from "./sampled-gaussian-rdp.ts";
export { type ShuffledEpoch, shuffledEpsilonAtLeast } from "./shuffled.ts";
export {
  gaussianRho,
  zcdpDelta,
  zcdpEpsilon,
  zcdpNoiseMultiplier,
  zcdpRho,
} from "./zcdp.ts";
