import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { StringDecoder } from "node:string_decoder";
import { MoongateError } from "@moongate/errors";
import { CsvError, Parser } from "csv-parse";
import { PlainLines } from "./plain-lines.ts";

/** Longest record taken, in characters; a quote that is never closed ends here. */
const LONGEST_RECORD = 1 << 22;

type OnRecord = (fields: readonly string[], line: number) => void;

/**
 * Calls `onRecord` with the fields of each record of a CSV file (RFC 4180; a byte order mark,
 * CRLF, quotes and empty lines are understood) and the line on which the record ends.
 * The file is streamed; what `onRecord` throws comes out unchanged.
 *
 * Plain lines are split at their commas, several times as fast as by a parser; from the first line on
 * that is not plain a parser takes over.
 *
 * @throws FILE_MISSING, CSV_MALFORMED (with the line).
 */
export async function readRecords(path: string, onRecord: OnRecord): Promise<void> {
  const plain = new PlainLines(onRecord, LONGEST_RECORD);
  try {
    const pieces = decoded(path);
    for (;;) {
      const { value, done } = await pieces.next();
      const left = done === true ? plain.finish() : plain.push(value);
      if (left !== undefined) {
        await parseRest(path, left, pieces, plain, onRecord);
        return;
      }
      if (done === true) return;
    }
  } catch (thrown) {
    throw fileProblem(path, thrown);
  }
}

/** The text of a file in pieces, without its byte order mark. */
async function* decoded(path: string): AsyncGenerator<string, undefined> {
  let decoder: StringDecoder | undefined;
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 18 })) {
    const bytes = chunk as Buffer;
    const first = decoder === undefined;
    decoder ??= new StringDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? "utf16le" : "utf8");
    const text = decoder.write(bytes);
    yield first && text.startsWith("\uFEFF") ? text.slice(1) : text;
  }
  if (decoder !== undefined) yield decoder.end();
  return undefined;
}

/** The rest of the file, from a line on that is not plain. */
async function parseRest(
  path: string,
  left: string,
  pieces: AsyncGenerator<string>,
  { lines: before, lineEnd }: PlainLines,
  onRecord: OnRecord,
): Promise<void> {
  let refusal: unknown;
  const parser = new Parser({
    ...(before === 0 || lineEnd === undefined ? {} : { record_delimiter: lineEnd }),
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
    throw refusal ?? malformed(path, before, thrown);
  }
}

function malformed(path: string, before: number, thrown: unknown): unknown {
  if (!(thrown instanceof CsvError)) return thrown;
  const line = typeof thrown["lines"] === "number" ? before + thrown["lines"] : undefined;
  const where = line === undefined ? path : `${path}, line ${line}`;
  const what = CSV_PROBLEMS[thrown.code] ?? "not well-formed CSV";
  return new MoongateError("CSV_MALFORMED", `${where}: ${what}`);
}

function fileProblem(path: string, thrown: unknown): unknown {
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
