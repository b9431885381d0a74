import type { FourierSeries, PeriodicOptions } from "../operations/periodic.ts";

/** The sigmoid's series has period 2^5 = 32: it wraps at |x| = 16. */
export const SIGMOID_PERIOD_LOG2 = 5;

/**
 * A sigmoid with guard rails: 1/2 + Σ c_k sin(2πk x / 32).
 *
 * Within 0.0026 of the sigmoid for |x| ≤ 9. From there to |x| = 13.5 it is fitted (with a hundredth
 * of the weight) to a gentle slope of 0.05 beyond the sigmoid, so that the error p − y of a row that
 * is classified too surely pulls its logit back. A plain fit falls towards 1/2 from |x| = 11 on and
 * pushes such a row further, over the wrap at 16: on separable data training then runs away.
 *
 * Written out, not fitted at start, because all machines need the same bits; a test refits them.
 */
export const SIGMOID_COEFFICIENTS: readonly number[] = [
  0.657554982, -0.08928572, 0.20673925, -0.047095353, 0.049552333, 0.005517055, 0.000936651,
  0.006252603,
];

/** factor · sigmoid as a series: a learning rate rides along for free. */
export const sigmoidSeries = (factor: number): FourierSeries => ({
  ...sigmoidWaves(factor),
  constant: factor / 2,
});

/** factor · (sigmoid − 1/2): the waves of the series alone. */
export function sigmoidWaves(factor: number): FourierSeries {
  return {
    constant: 0,
    sine: Float64Array.from(SIGMOID_COEFFICIENTS, (c) => c * factor),
    cosine: new Float64Array(SIGMOID_COEFFICIENTS.length),
  };
}

export const sigmoidOptions = (bits: {
  readonly public: number;
  readonly dealt: number;
}): PeriodicOptions => ({
  periodLog2: SIGMOID_PERIOD_LOG2,
  publicBits: bits.public,
  dealtBits: bits.dealt,
});
