import { describe, expect, it } from "vitest";
import { calibration } from "./calibration.ts";
import { enoughOfBoth } from "./enough.ts";
import { gain, roc } from "./curves.ts";
import { scoredRows, type LabelScores } from "./score-file.ts";
import { logitRange, scoreHistogram } from "./score-histogram.ts";

const rowsOf = (pairs: readonly (readonly [label: number, logit: number])[]): LabelScores => ({
  labels: Uint8Array.from(pairs, ([label]) => label),
  logits: Float64Array.from(pairs, ([, logit]) => logit),
});

const four = rowsOf([
  [1, 3],
  [0, 2],
  [1, 1],
  [0, 0],
]);

describe("curves", () => {
  it("step over thresholds from the best score down", () => {
    expect(roc(four)).toEqual([
      { x: 0, y: 0 },
      { x: 0, y: 0.5 },
      { x: 0.5, y: 0.5 },
      { x: 0.5, y: 1 },
      { x: 1, y: 1 },
    ]);
    expect(gain(four).map(({ x }) => x)).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(gain(four).map(({ y }) => y)).toEqual([0, 0.5, 0.5, 1, 1]);
  });

  it("take rows of equal score in one step", () => {
    const tied = rowsOf([
      [1, 1],
      [0, 1],
    ]);
    expect(roc(tied)).toEqual([
      { x: 0, y: 0 },
      { x: 1, y: 1 },
    ]);
  });

  it("stay light for many rows, and keep both ends", () => {
    const many = rowsOf(Array.from({ length: 20_000 }, (_, row) => [row % 2, row % 9973] as const));
    const points = roc(many);
    expect(points.length).toBeLessThan(520);
    expect(points[0]).toEqual({ x: 0, y: 0 });
    expect(points.at(-1)).toEqual({ x: 1, y: 1 });
  });
});

describe("histograms of scores", () => {
  it("add up to one a class, and count what lies beyond the axis", () => {
    const bins = scoreHistogram(four, [0.5, 2.5]);
    for (const kind of ["negative", "positive"] as const) {
      expect(bins.reduce((sum, bin) => sum + bin[kind], 0)).toBeCloseTo(1, 12);
    }
    expect(bins.at(-1)?.positive).toBe(0.5);
    expect(bins[0]?.negative).toBe(0.5);
  });

  it("have an axis even where all scores are equal", () => {
    expect(logitRange([rowsOf([[0, 2]])])).toEqual([1, 3]);
    expect(logitRange([four])).toEqual([0, 3]);
  });
});

describe("calibration", () => {
  it("compares predictions with what happened, in groups of equal size, with Wilson's interval", () => {
    const rows = rowsOf(
      Array.from({ length: 20 }, (_, row) => [row < 10 ? 0 : 1, row < 10 ? -2 : 2]),
    );
    const [low, high] = calibration(rows);
    expect(low).toMatchObject({ rows: 10, observed: 0, low: 0 });
    expect(low?.predicted).toBeCloseTo(0.1192, 4);
    // Wilson's interval of 0 of 10: 0 to z²/(10 + z²)
    expect(low?.high).toBeCloseTo(0.2775, 4);
    expect(high?.observed).toBe(1);
    expect(high?.high).toBeCloseTo(1, 12);
  });

  it("has no group where there are few rows", () => {
    expect(calibration(four)).toEqual([]);
  });
});

describe("score files", () => {
  it("are read from their ends, by label and part", () => {
    const text = 'id,split\n"a,b",test,1,0.5,0.25,0,0.1,-2\nx,validation,0,0.5,9,1,0.5,8\n';
    expect(scoredRows(text, 2, "test")).toEqual([rowsOf([[1, 0.25]]), rowsOf([[0, -2]])]);
    expect(scoredRows(text, 2, "validation")).toEqual([rowsOf([[0, 9]]), rowsOf([[1, 8]])]);
  });
});

it("twenty rows of both classes are enough for a curve, nineteen are not", () => {
  const labels = (positives: number): Uint8Array =>
    Uint8Array.from({ length: 100 }, (_, row) => Number(row < positives));
  expect([19, 20, 80, 81].map((positives) => enoughOfBoth(labels(positives)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
