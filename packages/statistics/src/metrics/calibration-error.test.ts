import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean, reversed, samples } from "./arbitraries.fixture.ts";
import { calibrationError } from "./calibration-error.ts";

describe("calibrationError", () => {
  it("equals values worked by hand", () => {
    // two bins: |0.2 - 0.5| and |0.8 - 1|, equally heavy
    expect(calibrationError([0.1, 0.3, 0.7, 0.9], [0, 1, 1, 1], 2)).toBeCloseTo(0.25, 12);
    // fewer rows than bins: every row is a bin
    expect(calibrationError([0.2, 0.7], [0, 1])).toBeCloseTo(0.25, 12);
    // one tie group cut in two: each half has the group's share of positives
    expect(calibrationError([0.5, 0.5, 0.5, 0.5], [1, 1, 0, 0], 2)).toBeCloseTo(0, 12);
  });

  it("equals the definition, with tied rows carrying their group's share of positives", () => {
    fc.assert(
      fc.property(samples(), fc.integer({ min: 1, max: 20 }), (sample, bins) => {
        const share = (score: number): number =>
          mean(sample.labels.filter((_, row) => sample.scores[row] === score));
        const sorted = sample.scores.toSorted((a, b) => a - b);
        let expected = 0;
        for (let bin = 0; bin < bins; bin++) {
          const from = Math.floor((bin * sorted.length) / bins);
          const inside = sorted.slice(from, Math.floor(((bin + 1) * sorted.length) / bins));
          if (inside.length === 0) continue;
          const gap = Math.abs(mean(inside) - mean(inside.map(share)));
          expected += (inside.length / sorted.length) * gap;
        }
        const value = calibrationError(sample.scores, sample.labels, bins);
        expect(value).toBeCloseTo(expected, 12);
        const turned = reversed(sample);
        expect(calibrationError(turned.scores, turned.labels, bins)).toBeCloseTo(value, 12);
      }),
    );
  });
});
