import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reversed, samples, scoresOf } from "./arbitraries.fixture.ts";
import { auc } from "./auc.ts";

describe("auc", () => {
  it("equals values worked by hand", () => {
    expect(auc([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.75);
    expect(auc([1, 2, 3, 4], [0, 0, 1, 1])).toBe(1);
    expect(auc([4, 3, 2, 1], [0, 0, 1, 1])).toBe(0);
    expect(auc([7, 7, 7], [0, 1, 0])).toBe(0.5);
  });

  it("equals the share of won pairs, ties one half", () => {
    fc.assert(
      fc.property(samples(), (sample) => {
        const positives = scoresOf(sample, 1);
        const negatives = scoresOf(sample, 0);
        let wins = 0;
        for (const p of positives) for (const n of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0;
        const expected = wins / (positives.length * negatives.length);
        expect(auc(sample.scores, sample.labels)).toBeCloseTo(expected, 12);
      }),
    );
  });

  it("does not depend on the order of rows, and mirrors when scores are negated", () => {
    fc.assert(
      fc.property(samples(), (sample) => {
        const value = auc(sample.scores, sample.labels);
        const turned = reversed(sample);
        expect(auc(turned.scores, turned.labels)).toBe(value);
        const negated = sample.scores.map((score) => -score);
        expect(auc(negated, sample.labels)).toBeCloseTo(1 - value, 12);
      }),
    );
  });

  it("takes typed arrays", () => {
    expect(auc(Float64Array.of(0.1, 0.9), Uint8Array.of(0, 1))).toBe(1);
  });
});
