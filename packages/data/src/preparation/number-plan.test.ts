import { describe, expect, it } from "vitest";
import type { Table } from "../table/table.ts";
import { planNumbers } from "./number-plan.ts";

const ROWS = 60;

/** So many number columns of so many values, and categories of so many equally frequent levels. */
function table(numbers: number, values: number, ...levels: readonly number[]): Table {
  return {
    rows: ROWS,
    columns: [
      ...Array.from(
        { length: numbers },
        (_, index) =>
          ({
            kind: "number",
            name: `n${index}`,
            values: Float64Array.from({ length: ROWS }, (_, row) => row % values),
          }) as const,
      ),
      ...levels.map(
        (count, index) =>
          ({
            kind: "category",
            name: `c${index}`,
            codes: Int32Array.from({ length: ROWS }, (_, row) => row % count),
            levels: Array.from({ length: count }, (_, level) => `level ${level}`),
          }) as const,
      ),
    ],
  };
}

const planned = (of: Table) =>
  planNumbers(
    "auto",
    of,
    of.columns.map(({ name }) => name),
  );

describe("the plan for numbers", () => {
  it.each([
    // numbers × (bins + 2) against 100
    [1, "piecewise", 8],
    [10, "piecewise", 8],
    [11, "piecewise", 7],
    [16, "piecewise", 4],
    [25, "piecewise", 2],
    [26, "ranks", 0],
  ])("auto with %i numbers of many values: %s, %i bins", (numbers, encoding, bins) => {
    expect(planned(table(numbers, ROWS))).toEqual({ encoding, bins });
  });

  it("counts no more bins than a number has values for", () => {
    expect(planned(table(25, 3))).toEqual({ encoding: "piecewise", bins: 8 });
  });

  it("takes bins from numbers step by step, and for categories at most half of the budget", () => {
    expect(planned(table(9, ROWS, 10))).toMatchObject({ bins: 8 });
    expect(planned(table(9, ROWS, 11))).toMatchObject({ bins: 7 });
    expect(planned(table(9, ROWS, 30, 30, 30, 30))).toMatchObject({ bins: 3 });
  });

  it("weighs a category by its entropy, not by its levels", () => {
    const rare = table(9, ROWS, 20);
    const columns = rare.columns.map((column) =>
      column.kind === "category"
        ? { ...column, codes: column.codes.map((code, row) => (row < 40 ? 0 : code)) }
        : column,
    );
    expect(planned({ ...rare, columns })).toMatchObject({ bins: 8 });
    expect(planned(rare)).toMatchObject({ bins: 6 });
  });

  it("takes a choice as it is", () => {
    const wide = table(99, ROWS);
    expect(planNumbers("standard", wide, ["n0"])).toMatchObject({ encoding: "standard" });
    expect(planNumbers("piecewise", wide, ["n0"])).toEqual({ encoding: "piecewise", bins: 8 });
  });
});
