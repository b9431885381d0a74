import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reversed, samples, scoresOf } from "./arbitraries.fixture.ts";
import { prAuc } from "./pr-auc.ts";

describe("prAuc", () => {
  it("equals values worked by hand", () => {
    expect(prAuc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBeCloseTo(5 / 6, 12);
    expect(prAuc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
    expect(prAuc([7, 7, 7, 7], [0, 1, 0, 0])).toBe(0.25);
  });

  it("is 1 for a perfect order of any number of rows, and never above", () => {
    for (let positives = 1; positives < 200; positives++) {
      const scores = Array.from({ length: positives + 3 }, (_, row) => row);
      const labels = scores.map((row) => (row >= 3 ? 1 : 0));
      expect(prAuc(scores, labels)).toBe(1);
    }
  });

  it("is the mean over positives of the precision at their own score", () => {
    fc.assert(
      fc.property(samples(), (sample) => {
        const positives = scoresOf(sample, 1);
        let sum = 0;
        for (const cut of positives) {
          const found = positives.filter((score) => score >= cut).length;
          sum += found / sample.scores.filter((score) => score >= cut).length;
        }
        const value = prAuc(sample.scores, sample.labels);
        expect(value).toBeCloseTo(sum / positives.length, 12);
        const turned = reversed(sample);
        expect(prAuc(turned.scores, turned.labels)).toBe(value);
      }),
    );
  });
});
