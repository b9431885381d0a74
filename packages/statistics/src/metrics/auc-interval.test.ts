import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean, samples, scoresOf } from "./arbitraries.fixture.ts";
import { auc } from "./auc.ts";
import { aucInterval } from "./auc-interval.fixture.ts";

describe("aucInterval", () => {
  it("equals a value worked by hand", () => {
    // components: positives 1/2, 1; negatives 1, 1/2: each variance is 1/8
    const interval = aucInterval([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]);
    expect(interval.auc).toBeCloseTo(0.75, 12);
    expect(interval.standardError).toBeCloseTo(Math.sqrt(1 / 8), 12);
    expect(interval.low).toBeCloseTo(0.75 - 1.959963984540054 * Math.sqrt(1 / 8), 12);
    expect(interval.high).toBe(1);
  });

  it("equals DeLong's definition by pairs", () => {
    const kernel = (p: number, n: number): number => (p > n ? 1 : p === n ? 0.5 : 0);
    const variance = (values: number[]): number =>
      values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);
    fc.assert(
      fc.property(samples(2), (sample) => {
        const [positives, negatives] = [scoresOf(sample, 1), scoresOf(sample, 0)];
        const v10 = positives.map((p) => mean(negatives.map((n) => kernel(p, n))));
        const v01 = negatives.map((n) => mean(positives.map((p) => kernel(p, n))));
        const expected = Math.sqrt(variance(v10) / v10.length + variance(v01) / v01.length);
        const interval = aucInterval(sample.scores, sample.labels);
        expect(interval.auc).toBeCloseTo(auc(sample.scores, sample.labels), 12);
        expect(interval.standardError).toBeCloseTo(expected, 9);
        expect(interval.low).toBeLessThanOrEqual(interval.auc);
        expect(interval.high).toBeGreaterThanOrEqual(interval.auc);
      }),
    );
  });

  it("refuses a single row of a class", () => {
    expect(() => aucInterval([0.1, 0.2, 0.3], [0, 0, 1])).toThrow(
      expect.objectContaining({ code: "LABEL_ONE_CLASS" }),
    );
  });
});
