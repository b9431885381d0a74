import { analyticGaussianEpsilon } from "./analytic-gaussian.ts";
import type { SampledGaussian } from "./sampled-gaussian-rdp.ts";

/**
 * ε by the central limit of Gaussian differential privacy (Bu, Dong, Long and Su, Harvard Data
 * Science Review 2020, arXiv 1911.11607): μ = q √(steps (e^(1/σ²) − 1)). An approximation for many
 * steps and NOT a bound: it comes out too small. For comparison with published figures only.
 */
export function gaussianLimitEpsilon(
  { noiseMultiplier, sampleRate }: SampledGaussian,
  steps: number,
  delta: number,
): number {
  const mu = sampleRate * Math.sqrt(steps * Math.expm1(1 / (noiseMultiplier * noiseMultiplier)));
  return analyticGaussianEpsilon(1 / mu, delta);
}
