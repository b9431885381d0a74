import { describe, expect, it } from "vitest";
import { pairedDifference, seedMean } from "./mean.ts";

describe("seedMean", () => {
  it("equals a value worked by hand", () => {
    // mean 3, standard deviation √2.5, error √0.5
    const { mean, interval, seeds } = seedMean([1, 2, 3, 4, 5]);
    expect(mean).toBe(3);
    expect(seeds).toBe(5);
    expect(interval?.low).toBeCloseTo(3 - 2.7764451051978 * Math.sqrt(0.5), 9);
    expect(interval?.high).toBeCloseTo(3 + 2.7764451051978 * Math.sqrt(0.5), 9);
  });

  it("counts diverged seeds, and gives no interval for one seed", () => {
    const result = seedMean([0.7, NaN, Infinity, 0.9]);
    expect(result).toMatchObject({ seeds: 2, diverged: 2 });
    expect(result.mean).toBeCloseTo(0.8, 12);
    expect(seedMean([0.7])).toEqual({
      ...{ mean: 0.7, interval: undefined, error: undefined, seeds: 1, diverged: 0 },
    });
    expect(seedMean([])).toMatchObject({ mean: NaN, interval: undefined, seeds: 0 });
  });
});

describe("pairedDifference", () => {
  it("cancels what pairs have in common", () => {
    const seeds = [0.1, 0.9, 0.4, 0.6, 0.2];
    const result = pairedDifference(
      seeds.map((value, i) => value + 0.05 + 0.001 * (i - 2)),
      seeds,
    );
    expect(result.mean).toBeCloseTo(0.05, 12);
    expect(result.interval?.low).toBeGreaterThan(0.048);
    expect(result.interval?.high).toBeLessThan(0.052);
  });

  it("drops a pair as a whole, and refuses what is not paired", () => {
    expect(pairedDifference([1, NaN, 3], [0, 1, NaN])).toMatchObject({ seeds: 1, diverged: 2 });
    expect(() => pairedDifference([1, 2], [1])).toThrow("2 seeds on one side");
  });
});
