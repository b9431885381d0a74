import path from "node:path";
import { parquetWriteFile } from "hyparquet-writer";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../folder.fixture.ts";
import { readTable } from "../reading/read-table.ts";
import { refusal } from "../refusal.fixture.ts";
import { columnOf } from "../table/table.ts";

const folder = await temporaryFolder();
const DAY_MS = 86_400_000;

describe("a Parquet file", () => {
  const file = path.join(folder.path, "table.parquet");
  parquetWriteFile({
    filename: file,
    columnData: [
      { name: "id", data: [7n, 8n, 9007199254740993n], type: "INT64" },
      { name: "amount", data: [1.5, null, -2], type: "DOUBLE" },
      { name: "visits", data: [1, 2, 3], type: "INT32" },
      { name: "member", data: [true, false, null], type: "BOOLEAN" },
      { name: "region", data: ["north", null, "süd"], type: "STRING" },
      { name: "price", data: ["1,5", "2,25", "NA"], type: "STRING" },
      { name: "seen", data: [new Date(0), new Date(1.5 * DAY_MS), null], type: "TIMESTAMP" },
      { name: "order", data: [9007199254740993n, 9007199254740995n, 5n], type: "INT64" },
      { name: "__index_level_0__", data: [0, 1, 2], type: "INT32" },
    ],
  });

  it("has the types that it declares, and text is decided by its values", async () => {
    const table = await readTable(file, { id: "id" });
    expect(table.columns).toEqual([
      { name: "id", kind: "text", values: ["7", "8", "9007199254740993"] },
      { name: "amount", kind: "number", values: Float64Array.of(1.5, NaN, -2) },
      { name: "visits", kind: "number", values: Float64Array.of(1, 2, 3) },
      { name: "member", kind: "boolean", values: Int8Array.of(1, 0, -1) },
      {
        name: "region",
        kind: "category",
        codes: Int32Array.of(0, -1, 1),
        levels: ["north", "süd"],
      },
      { name: "price", kind: "number", values: Float64Array.of(1.5, 2.25, NaN) },
      { name: "seen", kind: "date", values: Float64Array.of(0, 1.5, NaN) },
      {
        name: "order",
        kind: "category",
        codes: Int32Array.of(0, 1, 2),
        levels: ["9007199254740993", "9007199254740995", "5"],
      },
    ]);
    expect(table.findings.format.type).toBe("parquet");
    expect(table.findings.columns.at(-1)).toMatchObject({ type: "left out" });
  });

  it("is read as a model's training had it", async () => {
    const kinds = { visits: "category", member: "category", seen: "date" } as const;
    const table = await readTable(file, { id: "id", kinds });
    expect(columnOf(table, "visits")).toMatchObject({ levels: ["1", "2", "3"] });
    expect(columnOf(table, "member")).toMatchObject({ levels: ["true", "false"] });
  });

  it("that is cut short is refused", async () => {
    const cut = await folder.write("cut.parquet", "PAR1 and no more");
    expect((await refusal(() => readTable(cut))).code).toBe("TABLE_DAMAGED");
  });
});
