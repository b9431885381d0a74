import { describe, expect, it } from "vitest";
import { normalCdf, normalQuantile } from "@moongate/statistics";
import { gaussianLowerBound } from "./gaussian-lower-bound.ts";

/** Counts of the threshold t on N(μ, 1) against N(0, 1), as expected of so many trials each. */
const counts = (mu: number, threshold: number, trials: number) => ({
  truePositives: { successes: Math.round(trials * normalCdf(mu - threshold)), trials },
  falsePositives: { successes: Math.round(trials * normalCdf(-threshold)), trials },
});

describe("gaussianLowerBound", () => {
  it.each([0.2, 1, 3])("comes near μ = %s at any threshold and stays below", (mu) => {
    for (const threshold of [0, mu / 2, mu]) {
      const bound = gaussianLowerBound(counts(mu, threshold, 1_000_000));
      expect(bound).toBeLessThan(mu);
      expect(bound).toBeGreaterThan(0.95 * mu);
    }
  });

  it("is the distance of what a perfect attack of few trials cannot rule out", () => {
    const perfect = {
      truePositives: { successes: 100, trials: 100 },
      falsePositives: { successes: 0, trials: 100 },
    };
    // Clopper–Pearson of 0 in 100 at 97.5%.
    const tail = 1 - 0.025 ** (1 / 100);
    expect(gaussianLowerBound(perfect)).toBeCloseTo(-2 * normalQuantile(tail), 9);
  });

  it("proves nothing from chance, from below chance, or from too few trials", () => {
    expect(gaussianLowerBound(counts(0, 0.3, 1000))).toBe(0);
    expect(gaussianLowerBound(counts(-1, 0, 1000))).toBe(0);
    expect(gaussianLowerBound(counts(0.2, 0.1, 100))).toBe(0);
  });

  it("asks for more where more confidence is asked for", () => {
    const some = counts(1, 0.5, 500);
    expect(gaussianLowerBound(some, 0.999)).toBeLessThan(gaussianLowerBound(some));
  });
});
