import { at } from "@moongate/errors";
import { sha256 } from "@moongate/crypto";

/** The version of the population; it changes whenever the same options would give other tables. */
export const GENERATOR_VERSION = "moongate synthetic v1";

/**
 * Repeatable pseudo-random numbers for made-up data: SFC32 (Doty-Humphrey, PractRand), its state
 * the SHA-256 of a seed and a stream name, so that streams are independent of each other.
 * This is data, not secrets: nothing that protects anybody may be drawn from here.
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;
  #spare: number | undefined;

  constructor(seed: string, stream: string) {
    const digest = sha256(JSON.stringify([GENERATOR_VERSION, seed, stream]));
    const words = new DataView(digest.buffer, digest.byteOffset);
    this.#a = words.getInt32(0, true);
    this.#b = words.getInt32(4, true);
    this.#c = words.getInt32(8, true);
    for (let warmUp = 0; warmUp < 16; warmUp++) this.bits();
  }

  /** 32 uniform bits, as an unsigned integer. */
  bits(): number {
    const out = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + out) | 0;
    return out >>> 0;
  }

  /** Uniform in (0, 1). */
  uniform(): number {
    return (this.bits() + 0.5) / 2 ** 32;
  }

  /** Uniform among 0 .. bound - 1. */
  below(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** Standard normal (Marsaglia's polar method: square roots and logarithms only). */
  normal(): number {
    if (this.#spare !== undefined) {
      const spare = this.#spare;
      this.#spare = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1) continue;
      const factor = Math.sqrt((-2 * Math.log(square)) / square);
      this.#spare = y * factor;
      return x * factor;
    }
  }

  /** Poisson with the given mean (Knuth's products; rounded normal from a mean of 30 on). */
  poisson(mean: number): number {
    if (mean >= 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()));
    const limit = Math.exp(-mean);
    let count = 0;
    for (let product = this.uniform(); product > limit; product *= this.uniform()) count += 1;
    return count;
  }

  /** The numbers 0 .. length - 1 in random order (Fisher-Yates). */
  permutation(length: number): Uint32Array {
    const order = Uint32Array.from({ length }, (_, index) => index);
    for (let last = length - 1; last > 0; last--) {
      const other = this.below(last + 1);
      const kept = at(order, last);
      order[last] = at(order, other);
      order[other] = kept;
    }
    return order;
  }
}
