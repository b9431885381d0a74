import { auc } from "@moongate/statistics";
import { describe, expect, it } from "vitest";
import { uniforms } from "../networks/seeded.ts";
import { boostedScores } from "./booster.ts";
import type { RawColumn } from "./raw-column.ts";
import { BOOSTING_DEFAULTS } from "./settings.ts";
import { trained } from "./trained.fixture.ts";

const ROWS = 3000;
const range = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, index) => from + index);
const [train, heldBack, test] = [range(0, 1800), range(1800, 2400), range(2400, ROWS)];

/** A made table; `truth` gives the probability of a positive for the row's numbers. */
function made(truth: (x: number, y: number, level: number) => number) {
  const next = uniforms("boosting test");
  const numbers = (): Float64Array => Float64Array.from({ length: ROWS }, () => 2 * next() - 1);
  const [x, y] = [numbers(), numbers()];
  const codes = Int32Array.from({ length: ROWS }, () => Math.floor(next() * 12));
  const labels = Uint8Array.from(x, (value, row) =>
    next() < truth(value, y[row] ?? NaN, codes[row] ?? NaN) ? 1 : 0,
  );
  const levels = Array.from({ length: 12 }, (_, index) => `level ${index}`);
  const columns: RawColumn[] = [
    { name: "x", kind: "number", values: x },
    { name: "y", kind: "number", values: y },
    { name: "level", kind: "category", codes, levels },
  ];
  return { columns, labels, train, heldBack };
}

const testAuc = (scores: Float64Array, labels: Uint8Array): number =>
  auc(scores.slice(test[0]), labels.slice(test[0]));

describe("gradient boosting", () => {
  it("finds products of signs, which no sum of columns has", async () => {
    const ground = made((x, y) => (x * y > 0 ? 0.9 : 0.1));
    const { model } = await trained(ground, BOOSTING_DEFAULTS);
    expect(testAuc(boostedScores(model, ground.columns), ground.labels)).toBeGreaterThan(0.86);
  });

  it("finds a set among many categories, and knows levels by name", async () => {
    const ground = made((_x, _y, level) => (level % 3 === 0 ? 0.9 : 0.1));
    const { model } = await trained(ground, BOOSTING_DEFAULTS);
    expect(testAuc(boostedScores(model, ground.columns), ground.labels)).toBeGreaterThan(0.86);
    const renamed = ground.columns.map((column): RawColumn => {
      if (column.kind === "number") return column;
      const codes = column.codes.map((code) => 11 - code);
      return { ...column, codes, levels: [...column.levels].reverse() };
    });
    expect(boostedScores(model, renamed)).toEqual(boostedScores(model, ground.columns));
  });

  it("sends missing values where the loss falls most", async () => {
    const ground = made((x) => (Math.abs(x) > 0.5 ? 0.95 : 0.05));
    const columns = ground.columns.map((column): RawColumn => {
      if (column.name !== "x" || column.kind === "category") return column;
      return { ...column, values: column.values.map((x) => (Math.abs(x) > 0.5 ? NaN : x)) };
    });
    const { model } = await trained({ ...ground, columns }, BOOSTING_DEFAULTS);
    expect(testAuc(boostedScores(model, columns), ground.labels)).toBeGreaterThan(0.9);
  });

  it("stops early on labels of pure chance, and repeats itself bit for bit", async () => {
    const ground = made(() => 0.3);
    const one = await trained(ground, BOOSTING_DEFAULTS);
    expect(one.model.trees.length).toBeLessThan(20);
    const again = await trained(ground, BOOSTING_DEFAULTS);
    expect(boostedScores(again.model, ground.columns)).toEqual(
      boostedScores(one.model, ground.columns),
    );
  });

  it.each([0, 1])("survives training rows that are all %i", async (value) => {
    const ground = { ...made(() => 0.5), labels: new Uint8Array(ROWS).fill(value) };
    const { model } = await trained(ground, BOOSTING_DEFAULTS);
    expect(boostedScores(model, ground.columns).every(Number.isFinite)).toBe(true);
  });

  it("has leaves of the first tree that are Newton steps of their rows", async () => {
    const labels = Uint8Array.from({ length: ROWS }, (_, row) => (row % 2 === 0 ? 1 : 0));
    const values = Float64Array.from(labels);
    const columns: RawColumn[] = [{ name: "x", kind: "number", values }];
    const settings = { ...BOOSTING_DEFAULTS, rounds: 1 };
    const { model } = await trained({ columns, labels, train, heldBack }, settings);
    // 900 rows each, first derivatives ±1/2, second 1/4
    const step = (settings.learningRate * 450) / (225 + settings.l2);
    const [first = NaN, second = NaN] = boostedScores(model, columns);
    expect(first).toBeCloseTo(step, 12);
    expect(second).toBeCloseTo(-step, 12);
  });
});
