import { MoongateError } from "@moongate/errors";
import { LARGEST_SIGMA } from "../noise/discrete-gaussian.ts";
import type { Side } from "../side.ts";
import { clippedNorm } from "./clipping.ts";
import { LOGISTIC_BITS } from "./logistic.ts";
import { SIGMOID_COEFFICIENTS } from "./sigmoid.ts";

/** What of a plan for differential privacy the masked program needs. */
export interface DpTraining {
  /** A row's largest L2 norm on each side, in square roots of that side's number of columns. */
  readonly clip: number;
  /** Deviation of one party's noise over the sensitivity of a step's gradient. */
  readonly noiseMultiplier: number;
}

export interface GradientShape {
  /** Feature columns, without the constant one. */
  readonly width: Readonly<Record<Side, number>>;
  readonly labels: number;
}

/** The largest distance of the sigmoid's series from 1/2, anywhere in its period. */
export const SIGMOID_SWING = 0.70403;

/** Fractional bits of the ring's Fourier coefficients, and of its sines and cosines. */
const COEFFICIENT_BITS = 28;
const SINE_BITS = 30;
/** Largest error of the ring's sine and cosine, in their last place. */
const SINE_ERROR = 1.2;

/**
 * The most that an error η (sigmoid(o) − y) can be in magnitude, in units of its own last place,
 * whatever the logit, the label and the masks: every rounding on the way is counted.
 *
 * The share of harmonic k is p cos(kr) + q sin(kr) with public factors p, q and dealt cosine and
 * sine: each is off by at most `factor` and `dealt` units of its own, which enter with the other
 * one's magnitude; of a sine and a cosine of one angle the magnitudes add up to √2 at most.
 */
export function largestError(perRow: number): number {
  const bits = LOGISTIC_BITS.noisySigmoid;
  const coefficientUnit = 2 ** (bits.public - COEFFICIENT_BITS);
  const dealtOne = 2 ** bits.dealt;
  const one = 2 ** (bits.public + bits.dealt);
  const dealt = 0.5 + SINE_ERROR * 2 ** (bits.dealt - SINE_BITS);
  let sum = (0.5 + SIGMOID_SWING) * perRow * one;
  for (const coefficient of SIGMOID_COEFFICIENTS) {
    const exact = Math.abs(coefficient) * perRow * 2 ** COEFFICIENT_BITS;
    const amplitude = (exact + 0.5) * coefficientUnit;
    const factor = 0.5 + SINE_ERROR * amplitude * 2 ** -SINE_BITS;
    sum += 0.5 * coefficientUnit * dealtOne;
    sum += Math.SQRT2 * (amplitude * dealt + factor * dealtOne) + 2 * factor * dealt;
  }
  // The constant and the label are rounded to whole units.
  return Math.ceil(sum + 1.5);
}

/** The largest norm of a whole row, the constant column included, in units of its last place. */
export function largestRow({ clip }: DpTraining, width: GradientShape["width"]): number {
  const bits = LOGISTIC_BITS.features;
  const square = (side: Side): number => clippedNorm(clip, width[side], bits) ** 2;
  // Not Math.hypot: all processes must agree to the bit, and engines differ in it.
  return Math.sqrt(square("media") + square("commerce") + 4 ** bits);
}

/**
 * How far a step's gradient Xᵀ E (as one vector of d × labels) moves at most in L2 norm when one
 * user's features and labels become any others, in units of its last place. The old row and the
 * new one each contribute at most |x| |e|, and |e| is at most √labels times the largest error.
 */
export function gradientSensitivity(
  dp: DpTraining,
  { width, labels }: GradientShape,
  perRow: number,
): number {
  return 2 * largestRow(dp, width) * largestError(perRow) * Math.sqrt(labels);
}

/** A margin for the rounding of the few floating-point operations above. */
const MARGIN = 1 + 2 ** -40;

/**
 * The deviation of each party's noise in one step, in whole units of the gradient's last place.
 * @throws SATURATION where the noise would fill the ring.
 */
export function noiseDeviation(dp: DpTraining, shape: GradientShape, perRow: number): bigint {
  const sensitivity = gradientSensitivity(dp, shape, perRow);
  const sigma = BigInt(Math.ceil(dp.noiseMultiplier * sensitivity * MARGIN));
  if (sigma <= LARGEST_SIGMA) return sigma;
  throw new MoongateError("SATURATION", "the noise for this epsilon does not fit the ring", {
    cure: "Ask for a larger epsilon, a lower learning rate or larger batches.",
  });
}
