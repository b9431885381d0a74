import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitRanks, rankOf } from "./quantile-ranks.ts";

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const fewValued = fc.integer({ min: -5, max: 5 });
const training = fc
  .oneof(fc.array(finite, { minLength: 1 }), fc.array(fewValued, { minLength: 1, maxLength: 200 }))
  .map((values) => Float64Array.from(values).sort());

/** The definition: twice the share below, plus the share equal, minus one. */
function rankByCounting(sorted: Float64Array, value: number): number {
  const below = sorted.filter((other) => other < value).length;
  const equal = sorted.filter((other) => other === value).length;
  return (2 * below + equal) / sorted.length - 1;
}

describe("fitRanks", () => {
  it("puts ties in the middle and interpolates unseen values", () => {
    const map = fitRanks(Float64Array.of(1, 2, 2, 4));
    expect([1, 2, 4].map((value) => rankOf(map, value))).toEqual([-0.75, 0, 0.75]);
    expect(rankOf(map, 3)).toBe(0.375);
    expect([rankOf(map, -10), rankOf(map, 10)]).toEqual([-0.75, 0.75]);
  });

  it("ranks training values as counting does, with mean zero", () => {
    fc.assert(
      fc.property(training, (sorted) => {
        const map = fitRanks(sorted);
        let sum = 0;
        for (const value of sorted) {
          expect(rankOf(map, value)).toBeCloseTo(rankByCounting(sorted, value), 12);
          sum += rankOf(map, value);
        }
        expect(sum / sorted.length).toBeCloseTo(0, 12);
      }),
    );
  });

  it("never falls, and stays within [-1, 1]", () => {
    fc.assert(
      fc.property(training, fc.array(finite, { minLength: 2 }), (sorted, probes) => {
        const map = fitRanks(sorted);
        const ranks = probes.toSorted((a, b) => a - b).map((probe) => rankOf(map, probe));
        ranks.forEach((rank, index) => {
          expect(rank).toBeGreaterThanOrEqual(ranks[index - 1] ?? -1);
          expect(rank).toBeLessThanOrEqual(1);
        });
      }),
    );
  });

  it("stays small and within a 12-bit unit for many values, jumps included", () => {
    const length = 50_000;
    // half zeros, half distinct: the map must keep both ends of the jump
    const sorted = Float64Array.from({ length }, (_, i) => Math.max(0, i - length / 2) ** 3);
    const map = fitRanks(sorted);
    expect(map.values.length).toBeLessThan(4200);
    for (let i = 0; i < length; i += 61) {
      const exact = i <= length / 2 ? -0.5 : (2 * i + 1) / length - 1;
      expect(Math.abs(rankOf(map, sorted[i] ?? 0) - exact)).toBeLessThan(2 / 2048);
    }
  });
});
