import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MissingMarks } from "../cells/missing-marks.ts";
import { temporaryFolder } from "../folder.fixture.ts";
import type { Table } from "../table/table.ts";
import { readTable } from "../reading/read-table.ts";
import { writeTable } from "./write-table.ts";

const folder = await temporaryFolder();

describe("writeTable", () => {
  it("writes plain, quoted and missing fields", async () => {
    const file = path.join(folder.path, "plain.csv");
    await writeTable(file, {
      rows: 2,
      columns: [
        { name: "id", kind: "text", values: ["a,b", 'say "x"'] },
        { name: "n", kind: "number", values: Float64Array.of(0.1, NaN) },
        { name: "b", kind: "boolean", values: Int8Array.of(-1, 1) },
        { name: "c", kind: "category", codes: Int32Array.of(0, -1), levels: ["two\nlines"] },
      ],
    });
    const expected = 'id,n,b,c\n"a,b",0.1,,"two\nlines"\n"say ""x""",,TRUE,\n';
    expect(await readFile(file, "utf8")).toBe(expected);
  });

  it("keeps the file to its owner and leaves no draft behind", async () => {
    const file = path.join(folder.path, "private.csv");
    const table: Table = {
      rows: 1,
      columns: [{ name: "x", kind: "number", values: Float64Array.of(1) }],
    };
    await writeTable(file, table);
    await writeTable(file, table); // replaces
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const names = await readdir(folder.path);
    expect(names.filter((name) => name.startsWith("private"))).toEqual(["private.csv"]);
  });

  it("writes what readTable reads back", async () => {
    const word = fc
      .string({ minLength: 1 })
      .filter((s) => s === s.trim() && !/\d|inf/i.test(s) && !new MissingMarks().has(s));
    const row = fc.record({
      id: fc.string().map((text) => `u${text}`), // a row without any value is nobody's
      number: fc.oneof(fc.constant(NaN), fc.double({ noNaN: true, noDefaultInfinity: true })),
      truth: fc.constantFrom(-1, 0, 1),
      level: fc.option(word),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1 }), async (rows) => {
        const levels = [...new Set(rows.flatMap(({ level }) => level ?? []))];
        const table: Table = {
          path: path.join(folder.path, "roundtrip.csv"),
          id: "id",
          rows: rows.length,
          columns: [
            { name: "id", kind: "text", values: rows.map(({ id }) => id) },
            { name: "n", kind: "number", values: Float64Array.from(rows, (one) => one.number + 0) },
            { name: "b", kind: "boolean", values: Int8Array.from(rows, (one) => one.truth) },
            {
              name: "c",
              kind: "category",
              codes: Int32Array.from(rows, ({ level }) =>
                level === null ? -1 : levels.indexOf(level),
              ),
              levels,
            },
          ],
        };
        await writeTable(String(table.path), table);
        const kinds = { b: "boolean", c: "category" } as const;
        const { findings, ...read } = await readTable(String(table.path), { id: "id", kinds });
        expect(read).toEqual(table);
        expect(findings.rows).toBe(rows.length);
      }),
      { numRuns: 50 },
    );
  });
});
