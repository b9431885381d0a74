import { describe, expect, it } from "vitest";
import type { Table } from "../table/table.ts";
import { planNumbers } from "./number-plan.ts";

/** A table of so many number columns, one category of so many levels, and one boolean. */
function table(numbers: number, levels = 0): Table {
  const values = Float64Array.of(1, 2);
  return {
    rows: 2,
    columns: [
      ...Array.from(
        { length: numbers },
        (_, index) => ({ kind: "number", name: `n${index}`, values }) as const,
      ),
      {
        kind: "category",
        name: "c",
        codes: Int32Array.of(-1, -1),
        levels: Array.from({ length: levels }, (_, index) => `level ${index}`),
      },
      { kind: "boolean", name: "b", values: Int8Array.of(0, 1) },
    ],
  };
}

describe("the plan for numbers", () => {
  it.each([
    // numbers × (bins + 1) + levels + 1 boolean, against 100
    [1, 0, "piecewise", 8],
    [11, 0, "piecewise", 8],
    [11, 1, "piecewise", 4],
    [12, 0, "piecewise", 4],
    [19, 4, "piecewise", 4],
    [19, 5, "ranks", 0],
    [20, 0, "ranks", 0],
    // of a thousand levels 30 keep a column of their own, and the others share one
    [7, 1000, "piecewise", 8],
    [8, 1000, "piecewise", 4],
  ])("auto with %i numbers, %i levels: %s, %i bins", (numbers, levels, encoding, bins) => {
    const wide = table(numbers, levels);
    const names = wide.columns.map((column) => column.name);
    expect(planNumbers("auto", wide, names)).toEqual({ encoding, bins });
  });

  it("takes a choice as it is", () => {
    expect(planNumbers("standard", table(3), ["n0"])).toMatchObject({ encoding: "standard" });
    expect(planNumbers("piecewise", table(99), ["n0"])).toEqual({ encoding: "piecewise", bins: 8 });
  });
});
