import { describe, expect, it } from "vitest";
import { fitStandard, signedLog, STANDARD_LIMIT, standardScore } from "./standardise.ts";

describe("fitStandard", () => {
  it("gives standard scores, clipped at four deviations", () => {
    const map = fitStandard(Float64Array.of(2, 4, 4, 4, 5, 5, 7, 9)); // mean 5, deviation 2
    expect([5, 7, 1].map((value) => standardScore(map, value))).toEqual([
      expect.closeTo(0, 12),
      expect.closeTo(1, 12),
      expect.closeTo(-2, 12),
    ]);
    expect([-1000, 1000].map((value) => standardScore(map, value))).toEqual([-4, 4]);
  });

  it("survives the largest doubles", () => {
    const map = fitStandard(Float64Array.of(-Number.MAX_VALUE, Number.MAX_VALUE));
    expect(standardScore(map, Number.MAX_VALUE)).toBe(1);
  });
});

describe("the signed logarithm", () => {
  const map = fitStandard(Float64Array.of(-1, 1));

  it("is odd about the mean, tells far values apart, and stays within the limit", () => {
    expect(signedLog(map, 0)).toBe(0);
    expect(signedLog(map, 1)).toBeCloseTo(Math.log(2) / 2, 12);
    expect(signedLog(map, -9)).toBeCloseTo(-Math.log(10) / 2, 12);
    expect(signedLog(map, 40)).toBeGreaterThan(signedLog(map, 20));
    expect(signedLog(map, 1e300)).toBe(STANDARD_LIMIT / 2);
  });
});
