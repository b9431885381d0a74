import type { RandomWords } from "./random-words.ts";

/**
 * True with probability numerator / denominator, exactly; a ratio of 1 or more is always true.
 * Compares a uniform number with the ratio, 32 binary places at a time, until they differ.
 */
export function bernoulli(numerator: bigint, denominator: bigint, random: RandomWords): boolean {
  for (let rest = numerator; ; ) {
    const scaled = rest << 32n;
    const place = scaled / denominator;
    const drawn = BigInt(random.next());
    if (drawn !== place) return drawn < place;
    rest = scaled % denominator;
    if (rest === 0n) return false;
  }
}

/**
 * True with probability exp(−numerator / denominator), exactly, for any ratio of 0 or more
 * (Canonne, Kamath and Steinke, NeurIPS 2020, arXiv 2004.00010, algorithm 1).
 *
 * 1. One factor exp(−1) for every whole unit of the ratio.
 * 2. For the rest γ: draw Bernoulli(γ / k) for k = 1, 2, … until one is false; the answer is
 *    whether that k is odd.
 */
export function bernoulliExp(numerator: bigint, denominator: bigint, random: RandomWords): boolean {
  let rest = numerator;
  for (; rest > denominator; rest -= denominator) {
    if (!fractionExp(1n, 1n, random)) return false;
  }
  return fractionExp(rest, denominator, random);
}

function fractionExp(numerator: bigint, denominator: bigint, random: RandomWords): boolean {
  let k = 1n;
  while (bernoulli(numerator, denominator * k, random)) k += 1n;
  return (k & 1n) === 1n;
}

/** Uniform on 0..bound−1, by rejection of whole draws. */
export function uniform(bound: bigint, random: RandomWords): bigint {
  const bits = (bound - 1n).toString(2).length;
  const words = Math.ceil(bits / 32);
  const drop = BigInt(32 * words - bits);
  for (;;) {
    let drawn = 0n;
    for (let i = 0; i < words; i++) drawn = (drawn << 32n) | BigInt(random.next());
    drawn >>= drop;
    if (drawn < bound) return drawn;
  }
}
