import { describe, expect, it } from "vitest";
import { seedMean } from "./mean.ts";

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
