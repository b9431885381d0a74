import { MoongateError } from "@moongate/errors";
import { bernoulli, bernoulliExp, uniform } from "./bernoulli.ts";
import { type RandomWords, systemWords } from "./random-words.ts";

/** Draws that many integers of discrete Gaussian noise of that parameter. */
export type GradientNoise = (sigma: bigint, count: number) => BigInt64Array;

/** Far above any noise that leaves something of a gradient, far below the ring's size. */
export const LARGEST_SIGMA = 1n << 56n;

/**
 * Discrete Gaussian noise N_Z(0, σ²): an integer x has probability proportional to
 * exp(−x² / 2σ²). Exact: integer arithmetic on uniform bits, no floating point
 * (Canonne, Kamath and Steinke, "The Discrete Gaussian for Differential Privacy", NeurIPS 2020,
 * arXiv 2004.00010, algorithm 3, with t = σ). The time it takes depends on the bits drawn.
 *
 * 1. Draw Y from the discrete Laplace distribution of scale σ.
 * 2. Keep it with probability exp(−(|Y| − σ)² / 2σ²), else draw again: about 1.3 draws each.
 *
 * @param sigma a whole number from 0 (no noise) to 2^56.
 * @throws INTERNAL for another.
 */
export function discreteGaussian(sigma: bigint, random: RandomWords): bigint {
  if (sigma < 0n || sigma > LARGEST_SIGMA) {
    throw new MoongateError("INTERNAL", "noise was asked for with a deviation that is none");
  }
  if (sigma === 0n) return 0n;
  const denominator = 2n * sigma * sigma;
  for (;;) {
    const y = discreteLaplace(sigma, random);
    const distance = (y < 0n ? -y : y) - sigma;
    if (bernoulliExp(distance * distance, denominator, random)) return y;
  }
}

/**
 * An integer x with probability proportional to exp(−|x| / scale) (the same paper, algorithm 2).
 *
 * 1. U uniform below the scale, kept with probability exp(−U / scale).
 * 2. V counts how often exp(−1) comes true; the magnitude is U + scale · V.
 * 3. A sign, and not zero twice.
 */
export function discreteLaplace(scale: bigint, random: RandomWords): bigint {
  for (;;) {
    const within = uniform(scale, random);
    if (!bernoulliExp(within, scale, random)) continue;
    let magnitude = within;
    while (bernoulliExp(1n, 1n, random)) magnitude += scale;
    const negative = bernoulli(1n, 2n, random);
    if (negative && magnitude === 0n) continue;
    return negative ? -magnitude : magnitude;
  }
}

/** Noise from the system's generator, or from other bits. */
export function discreteGaussianNoise(random: RandomWords = systemWords()): GradientNoise {
  return (sigma, count) =>
    BigInt64Array.from({ length: count }, () => discreteGaussian(sigma, random));
}
