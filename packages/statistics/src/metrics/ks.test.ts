import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reversed, samples, scoresOf } from "./arbitraries.fixture.ts";
import { ks } from "./ks.ts";

describe("ks", () => {
  it("equals values worked by hand", () => {
    expect(ks([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1])).toBe(0.5);
    expect(ks([1, 2, 3, 4], [1, 1, 0, 0])).toBe(1);
    expect(ks([7, 7, 7], [0, 1, 0])).toBe(0);
  });

  it("is the largest distance between the two distribution functions", () => {
    fc.assert(
      fc.property(samples(), (sample) => {
        const below = (values: number[], cut: number): number =>
          values.filter((value) => value <= cut).length / values.length;
        const [positives, negatives] = [scoresOf(sample, 1), scoresOf(sample, 0)];
        const distances = sample.scores.map((cut) =>
          Math.abs(below(positives, cut) - below(negatives, cut)),
        );
        const value = ks(sample.scores, sample.labels);
        expect(value).toBeCloseTo(Math.max(...distances), 12);
        const turned = reversed(sample);
        expect(ks(turned.scores, turned.labels)).toBe(value);
      }),
    );
  });
});
