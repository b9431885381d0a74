import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../folder.fixture.ts";
import { refusal } from "../refusal.fixture.ts";
import { columnOf } from "../table/table.ts";
import { readTable } from "./read-table.ts";

const folder = await temporaryFolder();
let files = 0;

/** A table read from `content`. */
async function read(content: string, options?: Parameters<typeof readTable>[1]) {
  return readTable(await folder.write(`${++files}.csv`, content), options);
}

describe("readTable infers", () => {
  it("numbers, booleans, categories and missing values", async () => {
    const table = await read(
      "user,age,vip,city,score\nu1,31,TRUE,Delft,-1.5e2\nu2,,FALSE,,.5\nu3, 7 ,,Ghent,+3\n",
      { id: "user" },
    );
    expect(table.rows).toBe(3);
    expect(table.id).toBe("user");
    expect(table.columns).toEqual([
      { name: "user", kind: "text", values: ["u1", "u2", "u3"] },
      { name: "age", kind: "number", values: Float64Array.of(31, NaN, 7) },
      { name: "vip", kind: "boolean", values: Int8Array.of(1, 0, -1) },
      {
        name: "city",
        kind: "category",
        codes: Int32Array.of(0, -1, 1),
        levels: ["Delft", "Ghent"],
      },
      { name: "score", kind: "number", values: Float64Array.of(-150, 0.5, 3) },
    ]);
  });

  it("a category where numbers or booleans turn out to be text, keeping what was written", async () => {
    const table = await read("a,b,c,d\n1.0,TRUE,NaN,0x1f\n,maybe,7,2\n007,1,x,3\n");
    expect(table.columns).toEqual([
      { name: "a", kind: "number", values: Float64Array.of(1, NaN, 7) },
      {
        name: "b",
        kind: "category",
        codes: Int32Array.of(0, 1, 2),
        levels: ["TRUE", "maybe", "1"],
      },
      { name: "c", kind: "category", codes: Int32Array.of(-1, 0, 1), levels: ["7", "x"] },
      { name: "d", kind: "category", codes: Int32Array.of(0, 1, 2), levels: ["0x1f", "2", "3"] },
    ]);
  });

  it("a number column from no values at all, and whatever comes after missing values", async () => {
    const table = await read("a,b,c\n,,\n,,\n,x,TRUE\n");
    expect(table.columns.map((column) => column.kind)).toEqual(["number", "category", "boolean"]);
    expect(columnOf(table, "a")).toMatchObject({ values: Float64Array.of(NaN, NaN, NaN) });
    expect(columnOf(table, "b")).toMatchObject({ codes: Int32Array.of(-1, -1, 0) });
    expect(columnOf(table, "c")).toMatchObject({ values: Int8Array.of(-1, -1, 1) });
  });

  it("nothing where the kind is given", async () => {
    const table = await read("a,b\n1,2\n0,3\n", { kinds: { a: "category" } });
    expect(table.columns.map((column) => column.kind)).toEqual(["category", "number"]);
  });

  it("ids exactly as written, numbers or not", async () => {
    const table = await read('id,x\n007,1\n12345678901234567890,2\n" a ",3\n', { id: "id" });
    expect(columnOf(table, "id")).toMatchObject({
      values: ["007", "12345678901234567890", " a "],
    });
  });
});

describe("readTable understands", () => {
  it("a byte order mark, CRLF, quotes, empty lines and a missing last line end", async () => {
    const table = await read('\uFEFF"id","say, ""hi"""\r\na,"two\r\nlines"\r\n\r\nb,plain', {
      id: "id",
    });
    expect(table.columns).toEqual([
      { name: "id", kind: "text", values: ["a", "b"] },
      {
        name: 'say, "hi"',
        kind: "category",
        codes: Int32Array.of(0, 1),
        levels: ["two\r\nlines", "plain"],
      },
    ]);
  });

  it("more rows than one chunk holds", async () => {
    const rows = 40_000;
    const lines = Array.from({ length: rows }, (_, row) => `${row},${row % 7 === 0 ? "a" : "b"}\n`);
    const table = await read(`n,c\n${lines.join("")}`);
    const numbers = columnOf(table, "n");
    expect(table.rows).toBe(rows);
    expect(numbers).toMatchObject({ values: Float64Array.from({ length: rows }, (_, row) => row) });
  });

  it("every finite double that is written out in full", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        async (values) => {
          const table = await read(`x\n${values.map((value) => `${value}\n`).join("")}`);
          // "-0" is written "0"
          const expected = Float64Array.from(values, (value) => value + 0);
          expect(columnOf(table, "x")).toEqual({ name: "x", kind: "number", values: expected });
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe("readTable refuses", () => {
  it.each([
    ["an empty file", "", "CSV_EMPTY", "is empty"],
    ["a header alone", "id,x\n", "CSV_EMPTY", "no rows"],
    ["too few fields", "id,x,y\na,1,2\nb,1\n", "CSV_RAGGED_ROW", "line 3: 2 fields"],
    ["too many fields", "id,x,y\na,1,2,3\n", "CSV_RAGGED_ROW", "line 2: 4 fields"],
    ["a ragged row after a quoted line break", 'id,x\n"a\nb",1\nc\n', "CSV_RAGGED_ROW", "line 4"],
    ["a column name used twice", "id,x,x\na,1,2\n", "CSV_DUPLICATE_COLUMN", '"x"'],
    ["a header without names", ",,\na,1,2\n", "CSV_MALFORMED", "no column names"],
    ["an infinite number", "id,x\na,1\nb,inf\nc,2\n", "COLUMN_NOT_FINITE", '"x" holds an infinite'],
    ["the line of that number", "id,x\na,1\nb,NaN\nc,-inf\n", "COLUMN_NOT_FINITE", "line 4"],
    ["-Infinity", "id,x\na,-Infinity\n", "COLUMN_NOT_FINITE", "line 2"],
    ["a number too large for a double", "id,x\na,1e999\n", "COLUMN_NOT_FINITE", "line 2"],
    ["a quote that is never closed", 'id,x\na,"1\nb,2\n', "CSV_MALFORMED", "never closed"],
    ["text after a closing quote", 'id,x\na,"1"2\n', "CSV_MALFORMED", "line 2"],
    ["a quote inside a plain field", 'id,x\na,1"2\n', "CSV_MALFORMED", "line 2"],
  ])("%s", async (_what, content, code, message) => {
    const error = await refusal(() => read(content, { id: "id" }));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it("a missing id column, suggesting the nearest name", async () => {
    const error = await refusal(() => read("user_id,x\na,1\n", { id: "userid" }));
    expect(error.code).toBe("COLUMN_MISSING");
    expect(error.cure).toBe('Did you mean "user_id"?');
  });

  it("text in a column that must be numbers, and says on which line", async () => {
    const error = await refusal(() => read("x\n1\nsecret\n", { kinds: { x: "number" } }));
    expect(error.code).toBe("COLUMN_KIND_CHANGED");
    expect(error.message).toContain("line 3");
    expect(error.message).not.toContain("secret");
  });

  it("a missing file and a folder", async () => {
    const missing = await refusal(() => readTable(`${folder.path}/nowhere.csv`));
    expect(missing.code).toBe("FILE_MISSING");
    expect(missing.message).toContain("does not exist");
    expect((await refusal(() => readTable(folder.path))).message).toContain("is a folder");
  });
});
