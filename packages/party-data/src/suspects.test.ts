import type { Column } from "@moongate/data";
import { describe, expect, it } from "vitest";
import { suspectColumns } from "./suspects.ts";

const ROWS = 800;
const labels = Uint8Array.from({ length: ROWS }, (_, row) => Number(row % 10 === 0));
/** Numbers between 0 and 1 that have nothing to do with the label. */
const noise = Array.from({ length: ROWS }, (_, row) => ((row * 7919) % 1009) / 1009);
const numbers = (name: string, value: (row: number) => number): Column => ({
  name,
  kind: "number",
  values: Float64Array.from({ length: ROWS }, (_, row) => value(row)),
});
const noiseAt = (row: number): number => noise[row] ?? 0;
const bought = (row: number): boolean => labels[row] === 1;
const category = (name: string, level: (row: number) => string): Column => {
  const all = Array.from({ length: ROWS }, (_, row) => level(row));
  const names = [...new Set(all)];
  return {
    name,
    kind: "category",
    levels: names,
    codes: Int32Array.from(all, (each) => names.indexOf(each)),
  };
};
const suspects = (column: Column, values = labels): string[] =>
  suspectColumns([column], [{ name: "bought", values }], ROWS).map(({ column: name }) => name);

describe("a column that alone nearly decides the label", () => {
  it.each<[string, Column]>([
    [
      "a sum above zero of buyers alone",
      numbers("total", (row) => (bought(row) ? 5 + noiseAt(row) : 0)),
    ],
    ["a date that others have not", numbers("refund", (row) => (bought(row) ? noiseAt(row) : NaN))],
    [
      "a value in the middle",
      numbers("middle", (row) => (bought(row) ? 0.5 : noiseAt(row) < 0.5 ? 0 : 1)),
    ],
    ["a falling one", numbers("rest", (row) => (bought(row) ? -1 : 1) + noiseAt(row) / 2)],
    ["several levels", category("state", (row) => `${bought(row) ? "paid" : "open"}${row % 3}`)],
    ["yes or no", { name: "flag", kind: "boolean", values: Int8Array.from(labels) }],
  ])("is named: %s", (_, column) => {
    expect(suspects(column)).toEqual([column.name]);
  });

  it.each<[string, Column]>([
    ["noise", numbers("noise", noiseAt)],
    ["a good column", numbers("good", (row) => noiseAt(row) + (bought(row) ? 0.6 : 0))],
    ["as many levels as rows", category("code", (row) => `c${row}`)],
    ["a constant", numbers("same", () => 1)],
    ["missing everywhere", numbers("none", () => NaN)],
  ])("is no other: %s", (_, column) => {
    expect(suspects(column)).toEqual([]);
  });

  it("is not named by few rows, where chance alone may do it", () => {
    const few = Uint8Array.from({ length: ROWS }, (_, row) => Number(row < 19));
    expect(
      suspects(
        numbers("total", (row) => Number(row < 19)),
        few,
      ),
    ).toEqual([]);
    const enough = Uint8Array.from({ length: ROWS }, (_, row) => Number(row < 40));
    expect(
      suspects(
        numbers("total", (row) => Number(row < 40)),
        enough,
      ),
    ).toEqual(["total"]);
  });
});
