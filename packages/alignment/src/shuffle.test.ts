import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomPermutation } from "./shuffle.ts";

/** A source that replays these words, then zeros. */
const words = (...values: readonly number[]) => {
  let replay = new Uint8Array(new Uint32Array(values).buffer);
  return (bytes: number): Uint8Array => {
    const out = new Uint8Array(bytes);
    out.set(replay);
    replay = new Uint8Array();
    return out;
  };
};

describe("randomPermutation", () => {
  it("holds every position once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6000 }), (length) => {
        const sorted = randomPermutation(length).sort();
        expect(sorted).toEqual(Uint32Array.from({ length }, (_, at) => at));
      }),
      { numRuns: 30 },
    );
  });

  it("replays from the same randomness: Durstenfeld's steps", () => {
    // 3 of 0..3 stays; then 0 and 2 change places; then 1 stays
    expect([...randomPermutation(4, words(3, 0, 1))]).toEqual([2, 1, 0, 3]);
  });

  it("draws again instead of favouring small numbers", () => {
    // 2^32 - 1 is the one word that has no fair share among 3; the next decides
    expect([...randomPermutation(3, words(2 ** 32 - 1, 0, 1))]).toEqual([2, 1, 0]);
  });

  it("gives every order of three about equally often", () => {
    const runs = 6000;
    const seen = new Map<string, number>();
    for (let run = 0; run < runs; run++) {
      const order = randomPermutation(3).join();
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    const expected = runs / 6;
    const chi = [...seen.values()].reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    expect(seen.size).toBe(6);
    expect(chi).toBeLessThan(42); // chi-squared, 5 degrees of freedom: once in 10^7 runs
  });
});
