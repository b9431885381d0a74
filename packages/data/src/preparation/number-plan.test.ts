import { describe, expect, it } from "vitest";
import type { Table } from "../table/table.ts";
import { planNumbers } from "./number-plan.ts";

/** A table of so many number columns and one category. */
function table(numbers: number): Table {
  const values = Float64Array.of(1, 2);
  return {
    rows: 2,
    columns: [
      ...Array.from(
        { length: numbers },
        (_, index) => ({ kind: "number", name: `n${index}`, values }) as const,
      ),
      { kind: "category", name: "c", codes: Int32Array.of(0, 1), levels: ["a", "b"] },
    ],
  };
}

describe("the plan for numbers", () => {
  it.each([
    [1, "piecewise", 8],
    [11, "piecewise", 8],
    [12, "piecewise", 4],
    [20, "piecewise", 4],
    [21, "ranks", 0],
  ])("auto with %i numbers: %s, %i bins", (numbers, encoding, bins) => {
    const wide = table(numbers);
    const names = wide.columns.map((column) => column.name);
    expect(planNumbers("auto", wide, names)).toEqual({ encoding, bins });
  });

  it("takes a choice as it is", () => {
    expect(planNumbers("standard", table(3), ["n0"])).toMatchObject({ encoding: "standard" });
    expect(planNumbers("piecewise", table(99), ["n0"])).toEqual({ encoding: "piecewise", bins: 8 });
  });
});
