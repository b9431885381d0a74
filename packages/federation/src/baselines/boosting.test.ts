import type { RawColumn } from "@moongate/learning";
import { auc } from "@moongate/statistics";
import { describe, expect, it } from "vitest";
import { trainBoostedBaseline } from "./boosting.ts";

const rows = { train: 400, validation: 100, test: 100 };
const all = 600;
const values = Float64Array.from({ length: all }, (_, row) => (row * 37) % 101);
const columns: RawColumn[] = [{ name: "x", kind: "number", values }];
/** Two labels that want opposite orders of the same column. */
const labels = Uint8Array.from({ length: 2 * all }, (_, i) => {
  const high = (values[i >> 1] ?? NaN) > 50;
  return high === (i % 2 === 0) ? 1 : 0;
});
const every = (of: ArrayLike<number>, column: number): number[] =>
  Array.from(of).filter((_, i) => i % 2 === column);

describe("gradient boosting as a baseline", () => {
  it("scores every label of the held-out rows in its own place", async () => {
    const { scores, trainedRows } = await trainBoostedBaseline({
      ...{ columns, rows, labels, labelCount: 2 },
    });
    expect(trainedRows).toBe(400);
    for (const column of [0, 1]) {
      const own = every(labels, column);
      expect(auc(every(scores.validation, column), own.slice(400, 500))).toBe(1);
      expect(auc(every(scores.test, column), own.slice(500))).toBe(1);
    }
  });

  it("learns from fewer rows where none validate", async () => {
    const whole = { train: 500, validation: 0, test: 100 };
    const { scores, trainedRows } = await trainBoostedBaseline({
      ...{ columns, rows: whole, labels, labelCount: 2 },
    });
    expect(trainedRows).toBe(450);
    expect(scores.validation).toHaveLength(0);
    expect(auc(every(scores.test, 0), every(labels, 0).slice(500))).toBe(1);
  });
});
