import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../folder.fixture.ts";
import { refusal } from "../refusal.fixture.ts";
import { type Column, columnOf } from "../table/table.ts";
import { type ReadOptions, type ReadTable, readTable } from "./read-table.ts";

const folder = await temporaryFolder();
let files = 0;

async function read(content: string | Uint8Array, options?: ReadOptions): Promise<ReadTable> {
  return readTable(await folder.write(`${++files}.csv`, Buffer.from(content)), options);
}

/** A field as CSV has it. */
const field = (text: string): string => (/[",;\n|\t]/.test(text) ? `"${text}"` : text);

/** A table whose column x has these fields. */
async function column(fields: readonly string[], options?: ReadOptions) {
  const rows = fields.map((text, row) => `u${row},${field(text)}\n`).join("");
  const table = await read(`id,x\n${rows}`, { id: "id", ...options });
  return { column: columnOf(table, "x"), table };
}

/** The values of a column as plain data; null where one is missing. */
function valuesOf(found: Column): unknown[] {
  switch (found.kind) {
    case "category":
      return Array.from(found.codes, (code) => found.levels[code] ?? null);
    case "boolean":
      return Array.from(found.values, (value) => (value < 0 ? null : value === 1));
    case "text":
      return [...found.values];
    case "number":
    case "date":
      return Array.from(found.values, (value) => (Number.isNaN(value) ? null : value));
  }
}

const NBSP = "\u00a0";
const day = (text: string): number => Date.parse(`${text}Z`) / 86_400_000;

describe("a column of numbers", () => {
  it.each<readonly [what: string, fields: readonly string[], values: readonly (number | null)[]]>([
    ["plain", ["1", "-2.5", "+3", ".5", "5.", "0", "-0.25"], [1, -2.5, 3, 0.5, 5, 0, -0.25]],
    ["with exponents", ["1e3", "1.5E-2", "2E+05"], [1000, 0.015, 200_000]],
    ["with blanks around", [" 1", "2 ", ` ${NBSP}3`], [1, 2, 3]],
    ["grouped by commas", ["1,234.50", "950", "12,345,678"], [1234.5, 950, 12_345_678]],
    ["grouped in India's way", ["12,34,567.5", "99,999"], [1_234_567.5, 99_999]],
    ["with decimal commas", ["12,5", "3", "-0,25"], [12.5, 3, -0.25]],
    ["with points for groups", ["1.234,50", "950,00", "1.234.567,5"], [1234.5, 950, 1_234_567.5]],
    ["plain with one point", ["1.234", "2.5", "7.125"], [1.234, 2.5, 7.125]],
    ["where a comma shows what points mean", ["1.234", "0,5"], [1234, 0.5]],
    ["where a point shows what commas mean", ["1,234", "0.5"], [1234, 0.5]],
    ["grouped by blanks", ["1 234", "12 345,6"], [1234, 12_345.6]],
    ["grouped by no-break blanks", [`1${NBSP}234,5`, "7,5"], [1234.5, 7.5]],
    ["grouped by narrow blanks", ["1\u202f234,5", "7,5"], [1234.5, 7.5]],
    ["grouped in Switzerland's way", ["1'234.50", "2’345.5"], [1234.5, 2345.5]],
    ["in percent", ["12%", "3.5 %", "100%"], [0.12, 0.035, 1]],
    ["in percent with commas", ["12,5%", "3,5 %"], [0.125, 0.035]],
    ["in dollars", ["$1,234.50", "$5", "-$7.25"], [1234.5, 5, -7.25]],
    ["in euros", ["1.234,50 €", "5,00 €"], [1234.5, 5]],
    ["in yuan", ["¥1,234.5", "￥88", "12元"], [1234.5, 88, 12]],
    ["with a currency's code", ["USD 12.5", "EUR 7.0", "3.5 CHF"], [12.5, 7, 3.5]],
    ["in accounting's parentheses", ["(1,234.5)", "12", "($3.5)"], [-1234.5, 12, -3.5]],
    ["with the minus behind", ["5-", "7.5"], [-5, 7.5]],
    ["with a typographic minus", ["−5.5", "7"], [-5.5, 7]],
    ["in full-width digits", ["１２", "３．５"], [12, 3.5]],
    ["with underscores", ["1_000", "2_500.5"], [1000, 2500.5]],
    [
      "beyond 2^53 now and then",
      [...new Array<string>(30).fill("1"), "9223372036854775807"],
      [...new Array<number>(30).fill(1), 2 ** 63],
    ],
    ["with zeros in front now and then", ["1.5", "2", "007", "12"], [1.5, 2, 7, 12]],
  ])("%s", async (_, fields, values) => {
    const found = (await column(fields)).column;
    expect([found.kind, valuesOf(found)]).toEqual(["number", values]);
  });

  it.each([
    ["an empty field", ""],
    ["a blank one", "  "],
    ...["NA", "na", "N/A", "n/a", "NaN", "nan", "-NaN", "NaT", "NULL", "null", "Null"].map((m) => [
      m,
      m,
    ]),
    ...["None", "\\N", "-", "--", "?", ".", "#N/A", "#VALUE!", "#DIV/0!", "<NA>", "–"].map((m) => [
      m,
      m,
    ]),
  ] as [string, string][])("with %s for a missing value", async (_, mark) => {
    const { column: found, table } = await column(["1", mark, "3"]);
    expect([found.kind, valuesOf(found)]).toEqual(["number", [1, null, 3]]);
    expect(table.findings.notes.filter(({ weight }) => weight === "look")).toEqual([]);
  });

  it("keeps a missing mark of the user's own, and that alone", async () => {
    const { column: found, table } = await column(["1", "-999", "3", "5", "NA", "7"], {
      missing: ["-999"],
    });
    expect(valuesOf(found)).toEqual([1, null, 3, 5, null, 7]);
    expect(table.findings.notes).toMatchObject([
      { code: "CELLS_DO_NOT_FIT", column: "x", lines: [6], count: 1 },
    ]);
  });

  it.each([
    ["n.a.", [12]],
    ["unknown", [12]],
    ["12 or so", [12]],
    ["0x1f", [12]],
  ])("with %j in a few of its fields, which are told by line", async (odd, lines) => {
    const fields = Array.from({ length: 40 }, (_, row) => (row === 10 ? odd : String(row)));
    const { column: found, table } = await column(fields);
    expect(found.kind).toBe("number");
    expect(valuesOf(found)[10]).toBeNull();
    expect(table.findings.notes).toMatchObject([{ code: "CELLS_DO_NOT_FIT", lines, count: 1 }]);
    expect(JSON.stringify(table.findings.notes)).not.toContain(odd);
    const refused = await refusal(() => column(fields, { strict: true }));
    expect(refused).toMatchObject({
      code: "COLUMN_NOT_CLEAN",
      message: expect.stringContaining("line 12") as string,
    });
  });

  it("whose numbers are written, with odd fields among them", async () => {
    const fields = Array.from({ length: 40 }, (_, row) => (row === 10 ? "n.a." : `${row},5`));
    const { column: found, table } = await column(fields);
    expect([found.kind, valuesOf(found)[11], valuesOf(found)[10]]).toEqual(["number", 11.5, null]);
    expect(table.findings.columns[1]).toMatchObject({ misfits: { count: 1, lines: [12] } });
  });

  it("begins with what is none", async () => {
    const fields = ["pending", ...Array.from({ length: 100 }, (_, row) => String(row / 8))];
    const { column: found, table } = await column(fields);
    expect([found.kind, valuesOf(found)[0], valuesOf(found)[9]]).toEqual(["number", null, 1]);
    expect(table.findings.notes).toMatchObject([{ lines: [2] }]);
  });
});

describe("a column that could be read in two ways", () => {
  it.each([
    [["1,234", "5,678"], "point", [1234, 5678]],
    [["1,234", "5,678"], "comma", [1.234, 5.678]],
    [["1.234", "5.678"], "comma", [1234, 5678]],
    [["1.234", "5.678"], "point", [1.234, 5.678]],
  ] as const)("as %j with a decimal %s", async (fields, decimal, values) => {
    expect(valuesOf((await column(fields, { decimal })).column)).toEqual(values);
  });

  it.each([
    [["1,234", "5,678"], "numbers like 1,234", "--decimal"],
    [["1,234", "7"], "numbers like 1,234", "--decimal"],
    [["01/02/2024", "03/04/2024"], "dates like 01/02/2024", "--dates"],
  ])("as %j is refused, with a way to say which", async (fields, message, cure) => {
    const refused = await refusal(() => column(fields));
    expect(refused.code).toBe("COLUMN_AMBIGUOUS");
    expect(refused.message).toContain(message);
    expect(refused.cure).toContain(cure);
    // and left alone where nobody uses it
    const { table } = await column(fields, { used: (name) => name === "id" });
    expect(table.rows).toBe(2);
  });
});

describe("a column of codes", () => {
  it.each([
    ["zeros in front", ["01234", "90210", "00501"], "CODES_NOT_NUMBERS"],
    ["zeros in front, of any length", ["007", "0815", "4711", "42"], "CODES_NOT_NUMBERS"],
    [
      "more digits than a double holds",
      ["12345678901234567890", "12345678901234567891"],
      "INTEGERS_BEYOND_DOUBLES",
    ],
    [
      "digits just beyond 2^53",
      ["9007199254740993", "9007199254740992"],
      "INTEGERS_BEYOND_DOUBLES",
    ],
  ])("with %s stays text", async (_, fields, code) => {
    const { column: found, table } = await column(fields);
    expect([found.kind, valuesOf(found)]).toEqual(["category", fields]);
    expect(table.findings.notes.map((note) => note.code)).toContain(code);
  });

  it("is a number where that is said", async () => {
    const { column: found } = await column(["007", "0815"], { types: { x: "number" } });
    expect(valuesOf(found)).toEqual([7, 815]);
  });

  it("and numbers are a category where that is said", async () => {
    const { column: found } = await column(["7", "8"], { types: { x: "category" } });
    expect(valuesOf(found)).toEqual(["7", "8"]);
  });
});

describe("a column of truth values", () => {
  it.each<readonly [readonly string[], readonly (boolean | null)[]]>([
    [
      ["TRUE", "FALSE"],
      [true, false],
    ],
    [
      ["true", "False", "TRUE", "FALSE"],
      [true, false, true, false],
    ],
    [
      ["TRUE", "FALSE", "1", "0"],
      [true, false, true, false],
    ],
    [
      ["1", "0", "true"],
      [true, false, true],
    ],
    [
      ["True", "0.0", "1.0"],
      [true, false, true],
    ],
    [
      ["yes", "No", "YES"],
      [true, false, true],
    ],
    [
      ["Y", "n"],
      [true, false],
    ],
    [
      ["t", "f", "NULL"],
      [true, false, null],
    ],
    [
      ["on", "off", ""],
      [true, false, null],
    ],
    [
      ["是", "否"],
      [true, false],
    ],
  ])("%j", async (fields, values) => {
    const found = (await column(fields)).column;
    expect([found.kind, valuesOf(found)]).toEqual(["boolean", values]);
  });

  it.each([
    [["0", "1", "1"], "number"],
    [["yes", "no", "perhaps"], "category"],
    [["TRUE", "north", "south"], "category"],
  ] as const)("%j is a %s", async (fields, kind) => {
    expect((await column(fields)).column.kind).toBe(kind);
  });
});

describe("a column of dates", () => {
  it.each<readonly [readonly string[], readonly (number | null)[]]>([
    [
      ["2024-06-16", "2024-07-24"],
      [day("2024-06-16"), day("2024-07-24")],
    ],
    [
      ["1970-01-01", "1969-12-31"],
      [0, -1],
    ],
    [
      ["2024/6/1", "2024/12/31"],
      [day("2024-06-01"), day("2024-12-31")],
    ],
    [
      ["1970-01-02T12:00:00Z", "1970-01-02 06:00"],
      [1.5, 1.25],
    ],
    [
      ["1970-01-02T00:00:00+01:00", "1970-01-01T12:00:00.000Z"],
      [1 - 1 / 24, 0.5],
    ],
    [
      ["01.02.1970", "13.01.1970"],
      [31, 12],
    ],
    [
      ["13/01/1970", "01/02/1970"],
      [12, 31],
    ],
    [
      ["01/13/1970", "02/01/1970"],
      [12, 31],
    ],
    [
      ["1970-01-02", "NULL", "1970-01-03"],
      [1, null, 2],
    ],
  ])("%j", async (fields, values) => {
    const found = (await column(fields)).column;
    expect(found.kind).toBe("date");
    expect(valuesOf(found)).toEqual(values);
  });

  it.each([
    [["2024-02-30", "2023-02-29"]],
    [["2024-13-01"]],
    [["12:30", "13:45"]],
    [["2024-06", "2024-07"]],
    [["2024-Q1"]],
  ])("%j is none", async (fields) => {
    expect((await column(fields)).column.kind).toBe("category");
  });

  it("with a few fields that are none", async () => {
    const fields = Array.from({ length: 30 }, (_, row) =>
      row === 4 ? "soon" : `2024-01-${String(row + 1).padStart(2, "0")}`,
    );
    const { column: found, table } = await column(fields);
    expect([found.kind, valuesOf(found)[4]]).toEqual(["date", null]);
    expect(table.findings.notes).toMatchObject([
      { code: "CELLS_DO_NOT_FIT", lines: [6] },
      { code: "DATES_READ" },
    ]);
  });
});

describe("a category", () => {
  it("with many numbers in it is pointed out", async () => {
    const { column: found, table } = await column(["1", "2", "three", "four", "5"]);
    expect(found.kind).toBe("category");
    expect(table.findings.notes).toMatchObject([{ code: "MOSTLY_TEXT", weight: "look" }]);
  });

  it("keeps a level that says none, and drops Python's None", async () => {
    const { column: found } = await column(["none", "gold", "None", "silver"]);
    expect(valuesOf(found)).toEqual(["none", "gold", null, "silver"]);
  });
});

describe("a file", () => {
  const ROWS = "id,x,s\nä1,1.5,north\nb2,2.5,süd\nc3,3.5,北\n";
  const utf16be = (text: string): Buffer => Buffer.from(text, "utf16le").swap16();

  it.each<readonly [string, Uint8Array]>([
    ["in UTF-8", Buffer.from(ROWS)],
    ["in UTF-8 with a mark", Buffer.from(`\ufeff${ROWS}`)],
    ["in UTF-16 LE with a mark", Buffer.from(`\ufeff${ROWS}`, "utf16le")],
    ["in UTF-16 LE without", Buffer.from(ROWS, "utf16le")],
    ["in UTF-16 BE with a mark", utf16be(`\ufeff${ROWS}`)],
    ["in UTF-16 BE without", utf16be(ROWS)],
    ["with CRLF", Buffer.from(ROWS.replaceAll("\n", "\r\n"))],
    ["with CR", Buffer.from(ROWS.replaceAll("\n", "\r"))],
    ["with a CRLF header and LF rows", Buffer.from(ROWS.replace("\n", "\r\n"))],
    [
      "with LF rows appended to CRLF ones",
      Buffer.from(ROWS.replace("s\n", "s\r\n").replace("north\n", "north\r\n")),
    ],
    [
      "with a CRLF header, LF rows and quoted last fields",
      Buffer.from('id,x,s\r\nä1,1.5,"north"\nb2,2.5,"süd"\nc3,3.5,"北"\n'),
    ],
    ["with blank lines", Buffer.from(`${ROWS.replace("\n", "\n\n")}   \n\t\n`)],
    ["with rows of separators alone", Buffer.from(`${ROWS},,\n`)],
    ["with semicolons", Buffer.from(ROWS.replaceAll(",", ";"))],
    ["with tabs", Buffer.from(ROWS.replaceAll(",", "\t"))],
    ["with pipes", Buffer.from(ROWS.replaceAll(",", "|"))],
    ["with a spreadsheet's own word", Buffer.from(`sep=;\n${ROWS.replaceAll(",", ";")}`)],
    [
      "with an index that pandas wrote",
      Buffer.from(
        ROWS.split("\n")
          .map((line, at) => (line === "" ? line : `${at === 0 ? "" : at - 1},${line}`))
          .join("\n"),
      ),
    ],
    [
      "with an index that pandas read and wrote",
      Buffer.from(
        ROWS.split("\n")
          .map((line, at) => (line === "" ? line : `${at === 0 ? "Unnamed: 0" : at - 1},${line}`))
          .join("\n"),
      ),
    ],
    ["packed with gzip", gzipSync(ROWS)],
  ])("%s has the same rows", async (_, bytes) => {
    const table = await read(bytes, { id: "id" });
    expect(table.columns.map(({ name }) => name)).toEqual(["id", "x", "s"]);
    expect(valuesOf(columnOf(table, "id"))).toEqual(["ä1", "b2", "c3"]);
    expect(valuesOf(columnOf(table, "x"))).toEqual([1.5, 2.5, 3.5]);
    expect(valuesOf(columnOf(table, "s"))).toEqual(["north", "süd", "北"]);
  });

  it.each([
    ["gbk", [0xd5, 0xc5, 0xc8, 0xfd], "张三"],
    ["windows-1252", [0x6a, 0x6f, 0x73, 0xe9], "josé"],
    ["windows-1251", [0xc8, 0xe2, 0xe0, 0xed], "Иван"],
    ["shift_jis", [0x82, 0xbd, 0x82, 0xc8, 0x82, 0xa9], "たなか"],
    ["big5", [0xa4, 0xfd], "王"],
  ])("in %s is read when that is said", async (encoding, bytes, id) => {
    const content = Buffer.concat([Buffer.from("id,x\n"), Buffer.from(bytes), Buffer.from(",1\n")]);
    const table = await read(content, { id: "id", encoding });
    expect(valuesOf(columnOf(table, "id"))).toEqual([id]);
    const refused = await refusal(() => read(content, { id: "id" }));
    expect(refused.code).toBe("TEXT_ENCODING");
    expect(refused.details).toMatchObject({ line: 2 });
  });

  it.each([
    ["gb18030", "GBK", [0xd5, 0xc5, 0xc8, 0xfd, 0xb1, 0xb1, 0xbe, 0xa9]],
    ["windows-1252", "Latin", [0x6a, 0x6f, 0x73, 0xe9, 0x20, 0x5a, 0xfc, 0x72, 0x69]],
    ["windows-1251", "Cyrillic", [0xc8, 0xe2, 0xe0, 0xed, 0xee, 0xe2, 0xe8, 0xf7]],
    ["shift_jis", "kana", [0x82, 0xbd, 0x82, 0xc8, 0x82, 0xa9]],
  ])("that is likely %s (%s) is refused with that in its cure", async (likely, _, bytes) => {
    const rows = Array.from({ length: 20 }, (_, row) => [...bytes, ...Buffer.from(`${row},1\n`)]);
    const refused = await refusal(() =>
      read(Buffer.from([...Buffer.from("id,x\n"), ...rows.flat()])),
    );
    expect(refused.cure).toContain(`--encoding ${likely}`);
    expect(refused.message).toMatch(/line 2: not valid UTF-8 \(at byte \d+\)/);
  });

  it("that stops being UTF-8 behind the first piece says where", async () => {
    const good = Buffer.from(`id,x\n${"üb,1\n".repeat(100_000)}`);
    const content = Buffer.concat([good, Buffer.from("j\xe9,1\n", "latin1")]);
    const refused = await refusal(() => read(content));
    expect(refused.details).toMatchObject({ line: 100_002 });
    expect(refused.message).toContain("line 100002");
  });

  it("that ends within a character is refused", async () => {
    const refused = await refusal(() =>
      read(Buffer.from([...Buffer.from("id,x\na,"), 0xe5, 0x8c])),
    );
    expect(refused.code).toBe("TEXT_ENCODING");
  });

  it.each([
    ["a workbook", "PK\x03\x04\x14\0\x06\0xl/workbook.xml", "an Excel workbook"],
    ["an old workbook", "\xD0\xCF\x11\xE0\xA1\xB1", "an Excel workbook"],
    ["an archive", "PK\x03\x04\x14\0\0\0media.csv", "a ZIP archive"],
    ["a picture", "\x89PNG\r\n\x1a\n\0\0", "an image"],
    ["a photograph", "\xFF\xD8\xFF\xE0\0\x10JFIF", "an image"],
    ["a document", "%PDF-1.7\n", "a PDF document"],
    ["a web page", "<!DOCTYPE html><html>", "a web page"],
    ["JSON", '[{"id": 1}]', "JSON"],
    ["bytes", "\0\x01\x02\xff\0\0\x07abc", "a binary file"],
    ["a database", "SQLite format 3\0", "an SQLite database"],
  ])("that is %s gets one sentence", async (_, bytes, what) => {
    const refused = await refusal(() => read(Buffer.from(bytes, "latin1"), { id: "id" }));
    expect(refused.code).toBe("TABLE_NOT_TEXT");
    expect(refused.message).toContain(what);
    expect(`${refused.message} ${refused.cure}`).toMatch(/^[\x20-\x7e]+$/);
  });

  it("that gzip cannot unpack is refused", async () => {
    const refused = await refusal(() => read(gzipSync(ROWS).subarray(0, 40), { id: "id" }));
    expect(refused.code).toBe("TABLE_DAMAGED");
  });

  it("of ten thousand columns takes no room for rows it does not have", async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `c${at}`);
    const line = names.map((_, at) => at % 7).join(",");
    const before = process.memoryUsage().arrayBuffers;
    const table = await read(`${names.join(",")}\n${line}\n${line}\n${line}\n`);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000);
    expect(table.columns.length).toBe(10_000);
    expect(valuesOf(columnOf(table, "c9999"))).toEqual([3, 3, 3]);
  });

  it("is refused for the columns that are used, and for no others", async () => {
    const content = "id,x,y,y\na,1,inf,2\nb,2,1,3\n";
    expect((await refusal(() => read(content))).code).toBe("CSV_DUPLICATE_COLUMN");
    const used = (name: string): boolean => name === "id" || name === "x";
    expect((await read(content, { id: "id", used })).rows).toBe(2);
  });
});
