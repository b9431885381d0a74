import { lift } from "./metrics/lift.ts";
import { describe, expect, it } from "vitest";
import { uniforms } from "./seeded.ts";
import { liftDifference } from "./lift-difference.ts";

const ROWS = 400;

/** A table whose second score knows less of the label than the first. */
function table(name: string, rows = ROWS): { labels: number[]; good: number[]; bad: number[] } {
  const next = uniforms(`test ${name}`);
  const labels = Array.from({ length: rows }, () => Number(next() < 0.2));
  const scores = (strength: number): number[] =>
    labels.map((label) => Math.round(20 * (strength * label + next())));
  return { labels, good: scores(0.6), bad: scores(0.1) };
}

describe("liftDifference", () => {
  const { labels, good, bad } = table("one");

  it("is the difference of the lifts, repeatable by its seed, mirrored when they change places", () => {
    const result = liftDifference(good, bad, labels, { seed: "a" });
    expect(result.first).toBe(lift(good, labels));
    expect(result.difference).toBe(lift(good, labels) - lift(bad, labels));
    expect(result.interval.low).toBeLessThan(result.difference);
    expect(result.interval.high).toBeGreaterThan(result.difference);
    expect(liftDifference(good, bad, labels, { seed: "a" })).toEqual(result);
    expect(liftDifference(good, bad, labels, { seed: "b" })).not.toEqual(result);
    const mirrored = liftDifference(bad, good, labels, { seed: "a" }).interval;
    expect(mirrored.low).toBeCloseTo(-result.interval.high, 12);
  });

  it("resamples as lift of a table with the rows drawn would, ties included", () => {
    const next = uniforms("lift difference one resample");
    const drawn = Array.from({ length: ROWS }, () => Math.floor(next() * ROWS));
    const of = (values: readonly number[]): number[] => drawn.map((row) => values[row] ?? 0);
    const once = liftDifference(good, bad, labels, { seed: "one resample", resamples: 1 });
    const expected = lift(of(good), of(labels)) - lift(of(bad), of(labels));
    expect(once.interval.low).toBeCloseTo(expected, 12);
    expect(once.interval.high).toBeCloseTo(expected, 12);
  });

  it("has no width for a model against itself", () => {
    const { difference, interval } = liftDifference(good, good, labels, { seed: "a" });
    expect([difference, interval.low, interval.high]).toEqual([0, 0, 0]);
  });

  it("covers the truth about as often as it says", () => {
    // the same score in two halves of noise: no difference in truth
    const covered = Array.from({ length: 60 }, (_, at) => {
      const next = uniforms(`noise ${at}`);
      const mine = table(`cover ${at}`);
      const noisy = (): number[] => mine.good.map((score) => score + 8 * next());
      const { low, high } = liftDifference(noisy(), noisy(), mine.labels, {
        seed: String(at),
        resamples: 300,
      }).interval;
      return low <= 0 && high >= 0;
    });
    const count = covered.filter(Boolean).length;
    expect(count).toBeGreaterThanOrEqual(51);
  });

  it("refuses fewer than two rows of a class", () => {
    const one = [1, 0, 0, 0];
    expect(() => liftDifference(one, one, one, { seed: "a" })).toThrow("two rows of each class");
  });
});
