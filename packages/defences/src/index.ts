export { noisyTrainingEpsilon, withNoise } from "./accounting/noisy-training.ts";
export {
  gaussianRho,
  zcdpDelta,
  zcdpEpsilon,
  zcdpNoiseMultiplier,
  zcdpRho,
} from "./accounting/zcdp.ts";
export { commerceDefence } from "./commerce.ts";
export { describeDefence } from "./describe.ts";
export { mediaDefence } from "./media.ts";
export type {
  CommerceDefence,
  CommerceDefences,
  EmbeddingStep,
  MediaDefence,
  MediaDefences,
  StageModel,
} from "./steps.ts";
