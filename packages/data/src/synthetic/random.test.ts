import { describe, expect, it } from "vitest";
import { Random } from "./random.ts";

const DRAWS = 100_000;

function moments(draw: () => number): { mean: number; variance: number } {
  const values = Float64Array.from({ length: DRAWS }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / DRAWS;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / DRAWS };
}

describe("Random", () => {
  it("repeats itself for a seed and stream, and for nothing else", () => {
    const first = (seed: string, stream: string): number[] => {
      const random = new Random(seed, stream);
      return Array.from({ length: 4 }, () => random.bits());
    };
    expect(first("a", "b")).toEqual(first("a", "b"));
    expect(first("a", "b")).not.toEqual(first("a", "c"));
    expect(first("ab", "")).not.toEqual(first("a", "b"));
  });

  it("draws what it says: moments within five standard errors", () => {
    const random = new Random("moments", "");
    const uniform = moments(() => random.uniform());
    expect(Math.abs(uniform.mean - 1 / 2)).toBeLessThan(5 * Math.sqrt(1 / 12 / DRAWS));
    expect(Math.abs(uniform.variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / DRAWS));
    const normal = moments(() => random.normal());
    expect(Math.abs(normal.mean)).toBeLessThan(5 * Math.sqrt(1 / DRAWS));
    expect(Math.abs(normal.variance - 1)).toBeLessThan(5 * Math.sqrt(2 / DRAWS));
  });

  it.each([0.3, 4, 80])("draws Poisson counts of mean and variance %d", (mean) => {
    const random = new Random("poisson", String(mean));
    const counts = moments(() => random.poisson(mean));
    expect(Math.abs(counts.mean - mean)).toBeLessThan(5 * Math.sqrt(mean / DRAWS));
    // the variance of a sample variance is (2 mean^2 + mean) / n; rounding adds a twelfth
    const spread = Math.sqrt((2 * mean * mean + mean) / DRAWS);
    expect(Math.abs(counts.variance - mean)).toBeLessThan(5 * spread + (mean >= 30 ? 1 / 6 : 0));
  });

  it("permutes: every place is equally likely", () => {
    const random = new Random("permutation", "");
    const lands = new Array<number>(5).fill(0);
    for (let trial = 0; trial < 10_000; trial++) {
      const order = random.permutation(5);
      expect([...order].sort()).toEqual([0, 1, 2, 3, 4]);
      const place = order.indexOf(0);
      lands[place] = (lands[place] ?? 0) + 1;
    }
    for (const count of lands) expect(Math.abs(count - 2000)).toBeLessThan(5 * Math.sqrt(1600));
  });
});
