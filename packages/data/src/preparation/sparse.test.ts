import { describe, expect, it } from "vitest";
import type { Table } from "../table/table.ts";
import { sparseNumbers } from "./sparse.ts";

const counts = (zeros: number): Float64Array =>
  Float64Array.from({ length: 100 }, (_, row) => (row < zeros ? 0 : row));

const table: Table = {
  rows: 100,
  columns: [
    { kind: "number", name: "dense", values: counts(75) },
    { kind: "number", name: "sparse", values: counts(76) },
    { kind: "number", name: "empty", values: counts(0).fill(NaN, 0, 90) },
    { kind: "boolean", name: "flag", values: new Int8Array(100) },
  ],
};

describe("sparse numbers", () => {
  it("are those with one value, or none, in more than three rows of four", () => {
    const names = table.columns.map(({ name }) => name);
    expect([...sparseNumbers(table, names)]).toEqual(["sparse", "empty"]);
  });
});
