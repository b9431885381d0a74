import { describe, expect, it } from "vitest";
import { rawColumns } from "./raw-columns.ts";

describe("unprepared columns", () => {
  it("are the chosen rows, missing values still missing", () => {
    const columns = rawColumns(
      [
        { name: "n", kind: "number", values: Float64Array.of(1, NaN, 3) },
        { name: "b", kind: "boolean", values: Int8Array.of(1, -1, 0) },
        { name: "c", kind: "category", codes: Int32Array.of(0, -1, 1), levels: ["a", "b"] },
      ],
      Uint32Array.of(2, 1),
    );
    expect(columns).toEqual([
      { name: "n", kind: "number", values: Float64Array.of(3, NaN) },
      { name: "b", kind: "number", values: Float64Array.of(0, NaN) },
      { name: "c", kind: "category", codes: Int32Array.of(1, -1), levels: ["a", "b"] },
    ]);
  });
});
