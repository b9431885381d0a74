import { pipeline } from "node:stream/promises";
import { MoongateError } from "@moongate/errors";
import { CsvError, Parser } from "csv-parse";
import type { LineEnd } from "../findings/findings.ts";
import { type OnRecord, PlainLines } from "./plain-lines.ts";

/** Longest record taken, in characters; a quote that is never closed ends here. */
const LONGEST_RECORD = 1 << 22;

/**
 * Calls `onRecord` with the fields of each record of a CSV text (RFC 4180, with any separator and
 * any mixture of line ends; quotes and empty lines are understood) and the line on which the record
 * ends. What `onRecord` throws comes out unchanged.
 *
 * Plain lines are split at their separators, several times as fast as by a parser; from the first
 * line on that is not plain a parser takes over.
 *
 * @param title what messages call the file.
 * @returns the line ends that were seen before a parser took over.
 * @throws CSV_MALFORMED (with the line).
 */
export async function readRecords(
  title: string,
  pieces: AsyncGenerator<string, undefined>,
  separator: string,
  onRecord: OnRecord,
): Promise<readonly LineEnd[]> {
  const plain = new PlainLines(onRecord, separator, LONGEST_RECORD);
  for (;;) {
    const { value, done } = await pieces.next();
    const left = done === true ? plain.finish() : plain.push(value);
    if (left !== undefined) {
      await parseRest({ title, separator, before: plain.lines }, left, pieces, onRecord);
      break;
    }
    if (done === true) break;
  }
  return plain.lineEnds;
}

interface Rest {
  readonly title: string;
  readonly separator: string;
  /** Lines before it. */
  readonly before: number;
}

/** The rest of the file, from a line on that is not plain. */
async function parseRest(
  { title, separator, before }: Rest,
  left: string,
  pieces: AsyncGenerator<string>,
  onRecord: OnRecord,
): Promise<void> {
  let refusal: unknown;
  const parser = new Parser({
    delimiter: separator,
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    on_record: (fields: string[], { lines }) => {
      try {
        onRecord(fields, before + lines);
      } catch (thrown) {
        refusal = thrown;
        throw thrown;
      }
      return null; // nothing goes on to the readable side: `onRecord` has it all
    },
  });
  const text = async function* (): AsyncGenerator<string> {
    yield left;
    yield* pieces;
  };
  try {
    await pipeline(text, parser.resume());
  } catch (thrown) {
    throw refusal ?? malformed(title, before, thrown);
  }
}

function malformed(title: string, before: number, thrown: unknown): unknown {
  if (!(thrown instanceof CsvError)) return thrown;
  const line = typeof thrown["lines"] === "number" ? before + thrown["lines"] : undefined;
  const where = line === undefined ? title : `${title}, line ${line}`;
  const what = CSV_PROBLEMS[thrown.code] ?? "not well-formed CSV";
  return new MoongateError("CSV_MALFORMED", `${where}: ${what}`);
}

// written by hand: the parser's own messages may quote fields of the row
const CSV_PROBLEMS: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is never closed",
  CSV_MAX_RECORD_SIZE: "a quote is never closed, or the record is longer than 4 MB",
  CSV_INVALID_CLOSING_QUOTE: "something follows a closing quote",
  INVALID_OPENING_QUOTE: "a quote stands inside an unquoted field",
};
