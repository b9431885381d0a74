import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean, reversed, samples } from "./arbitraries.fixture.ts";
import { lift } from "./lift.ts";

describe("lift", () => {
  it("equals values worked by hand", () => {
    const scores = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    const labels = [1, 1, 0, 1, 0, 0, 1, 0, 0, 0];
    expect(lift(scores, labels)).toBeCloseTo(2.5, 12);
    expect(lift(scores, labels, 0.3)).toBeCloseTo(2 / 3 / 0.4, 12);
    expect(lift([5, 5, 5, 5], [1, 0, 0, 0], 0.5)).toBeCloseTo(1, 12);
  });

  it("is 1 over all rows, and equals the definition where scores differ", () => {
    fc.assert(
      fc.property(samples(), fc.double({ min: 0.01, max: 1, noNaN: true }), (sample, share) => {
        expect(lift(sample.scores, sample.labels, 1)).toBeCloseTo(1, 12);
        const untied = sample.scores.map((score, row) => score + row * 1e-6);
        const take = Math.max(1, Math.round(share * untied.length));
        const cut = untied.toSorted((a, b) => b - a)[take - 1] ?? 0;
        const best = sample.labels.filter((_, row) => (untied[row] ?? 0) >= cut);
        const expected = mean(best) / mean(sample.labels);
        expect(lift(untied, sample.labels, share)).toBeCloseTo(expected, 12);
        const turned = reversed(sample);
        expect(lift(turned.scores, turned.labels, share)).toBeCloseTo(
          lift(sample.scores, sample.labels, share),
          12,
        );
      }),
    );
  });
});
