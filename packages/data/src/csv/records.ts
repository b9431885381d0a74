import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { MoongateError } from "@moongate/errors";
import { CsvError, Parser } from "csv-parse";

/** Longest record taken, in characters; a quote that is never closed ends here. */
const LONGEST_RECORD = 1 << 22;

/**
 * Calls `onRecord` with the fields of each record of a CSV file (RFC 4180; a byte order mark,
 * CRLF, quotes and empty lines are understood) and the line on which the record ends.
 * The file is streamed; what `onRecord` throws comes out unchanged.
 *
 * @throws FILE_MISSING, CSV_MALFORMED (with the line).
 */
export async function readRecords(
  path: string,
  onRecord: (fields: readonly string[], line: number) => void,
): Promise<void> {
  let refusal: unknown;
  const parser = new Parser({
    bom: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    on_record: (fields: string[], { lines }) => {
      try {
        onRecord(fields, lines);
      } catch (thrown) {
        refusal = thrown;
        throw thrown;
      }
      return null; // nothing goes on to the readable side: `onRecord` has it all
    },
  });
  try {
    await pipeline(createReadStream(path, { highWaterMark: 1 << 18 }), parser.resume());
  } catch (thrown) {
    throw refusal ?? translate(path, thrown);
  }
}

function translate(path: string, thrown: unknown): unknown {
  if (thrown instanceof CsvError) {
    const line = typeof thrown["lines"] === "number" ? thrown["lines"] : undefined;
    const where = line === undefined ? path : `${path}, line ${line}`;
    const what = CSV_PROBLEMS[thrown.code] ?? "not well-formed CSV";
    return new MoongateError("CSV_MALFORMED", `${where}: ${what}`);
  }
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  const reason = typeof code === "string" ? FILE_PROBLEMS[code] : undefined;
  if (reason === undefined) return thrown;
  return new MoongateError("FILE_MISSING", `${path} ${reason}`, { cause: thrown });
}

// written by hand: the parser's own messages may quote fields of the row
const CSV_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is never closed",
  CSV_MAX_RECORD_SIZE: "a quote is never closed, or the record is longer than 4 MB",
  CSV_INVALID_CLOSING_QUOTE: "something follows a closing quote",
  INVALID_OPENING_QUOTE: "a quote stands inside an unquoted field",
};

const FILE_PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  EISDIR: "is a folder, not a file",
  EACCES: "may not be read",
  EPERM: "may not be read",
};
