import { expect, it } from "vitest";
import { describe } from "./describe.ts";

it("describe says what was inferred, column by column", () => {
  const descriptions = describe({
    rows: 4,
    columns: [
      { name: "id", kind: "text", values: ["a", "b", "c", ""] },
      { name: "n", kind: "number", values: Float64Array.of(3, -1, NaN, 3) },
      { name: "x", kind: "number", values: Float64Array.of(0.5, 2, 2, 2) },
      { name: "same", kind: "number", values: Float64Array.of(7, 7, 7, 7) },
      { name: "void", kind: "number", values: Float64Array.of(NaN, NaN, NaN, NaN) },
      { name: "b", kind: "boolean", values: Int8Array.of(1, 0, -1, 0) },
      { name: "c", kind: "category", codes: Int32Array.of(0, 1, 1, -1), levels: ["ios", "web"] },
    ],
  });
  expect(descriptions).toEqual([
    { name: "id", kind: "text", missing: 1, summary: "ids" },
    { name: "n", kind: "number", missing: 1, summary: "-1 to 3, integers" },
    { name: "x", kind: "number", missing: 0, summary: "0.5 to 2" },
    { name: "same", kind: "number", missing: 0, summary: "always 7" },
    { name: "void", kind: "number", missing: 4, summary: "no values" },
    { name: "b", kind: "boolean", missing: 1, summary: "33% true" },
    { name: "c", kind: "category", missing: 1, summary: "2 levels: web (67%), ios (33%)" },
  ]);
});
