import { CsvError } from "csv-parse";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PlainLines } from "./plain-lines.ts";
import { readRecords } from "./records.ts";

interface Taken {
  readonly fields: readonly string[];
  readonly line: number;
}

/** Files that are mostly plain, with everything in them that is not. */
const line = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("a,b", "1,-2.5e3", "", ",", "ü, 月 ") },
  {
    weight: 1,
    arbitrary: fc.constantFrom('"a,b",c', '"two\nlines",x', 'a"b,c', '"open', "x\ry,z"),
  },
);
const text = fc
  .tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n", "\r"), fc.boolean())
  .chain(([lines, end, ended]) =>
    fc
      .record({
        stray: fc.nat(20), // one line may end otherwise
        other: fc.constantFrom(end, "\n", "\r\n"),
      })
      .map(({ stray, other }) => {
        const ends = lines.map((_, at) => (at === stray ? other : end));
        const body = lines.map(
          (one, at) => one + (at < lines.length - 1 || ended ? (ends[at] ?? "") : ""),
        );
        return body.join("");
      }),
  );

/** What the parser alone makes of a file: records, or that it refuses. */
function parsed(content: string): Taken[] | "refused" {
  const taken: Taken[] = [];
  try {
    parse(content, {
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      skip_empty_lines: true,
      on_record: (fields: string[], { lines }) => {
        taken.push({ fields, line: lines });
        return null;
      },
    });
    return taken;
  } catch (thrown) {
    if (thrown instanceof CsvError) return "refused";
    throw thrown;
  }
}

/** A text in pieces of `size` characters. */
async function* inPieces(text: string, size: number): AsyncGenerator<string, undefined> {
  for (let at = 0; at < text.length; at += size) yield Promise.resolve(text.slice(at, at + size));
  return undefined;
}

async function read(content: string, size = 1 << 18): Promise<Taken[] | "refused"> {
  const taken: Taken[] = [];
  try {
    await readRecords("a table", inPieces(content, size), ",", (fields, line) => {
      taken.push({ fields, line });
    });
    return taken;
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: "CSV_MALFORMED" });
    return "refused";
  }
}

describe("records", () => {
  it("are those that the parser alone finds, on the same lines", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 40 }), async (content, size) => {
        expect(await read(content, size)).toEqual(parsed(content));
      }),
      { numRuns: 300 },
    );
  });

  it("name the line of a fault far behind the first quote", async () => {
    const pieces = inPieces('a,b\n1,2\n"3",4\n5,6\n7,8"9\n', 5);
    await expect(readRecords("a table", pieces, ",", () => undefined)).rejects.toMatchObject({
      code: "CSV_MALFORMED",
      message: expect.stringContaining("line 5") as string,
    });
  });
});

describe("plain lines", () => {
  it("are the same however the file comes in pieces", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("a,b", "", "longer,line"), { minLength: 1 }),
        fc.nat(7),
        (lines, size) => {
          const content = lines.join("\r\n");
          const taken: string[] = [];
          const plain = new PlainLines((fields) => taken.push(fields.join(",")), ",", 100);
          for (let at = 0; at < content.length; at += size + 1) {
            expect(plain.push(content.slice(at, at + size + 1))).toBeUndefined();
          }
          expect(plain.finish()).toBeUndefined();
          expect(taken).toEqual(lines.filter((one) => one !== ""));
        },
      ),
    );
  });

  it("leave a line that never ends to the parser", () => {
    const plain = new PlainLines(() => undefined, ",", 100);
    expect(plain.push("a,b\n" + "x".repeat(100))).toBeUndefined();
    expect(plain.push("y")).toBe(`${"x".repeat(100)}y`);
    expect(plain.lines).toBe(1);
  });
});
