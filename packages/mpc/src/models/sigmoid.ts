import type { FourierSeries, PeriodicOptions } from "../operations/periodic.ts";

/** The sigmoid's series has period 2^5 = 32: it is right for |x| up to 11 and wraps at 16. */
export const SIGMOID_PERIOD_LOG2 = 5;

/**
 * sigmoid(x) ≈ 1/2 + Σ c_k sin(2πk x / 32): least squares on |x| ≤ 11, largest error 0.0022 there.
 * Written out, not fitted at start, because all machines need the same bits; a test refits them.
 */
export const SIGMOID_COEFFICIENTS: readonly number[] = [
  0.56738891, 0.054880213, 0.058844714, 0.067075637, -0.019396241, 0.038308515, -0.011255719,
  0.009596084,
];

/** factor · sigmoid as a series: a learning rate rides along for free. */
export function sigmoidSeries(factor: number): FourierSeries {
  return {
    constant: factor / 2,
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
