import { MoongateError } from "@moongate/errors";
import { decodedText } from "../bytes/decode.ts";
import { fileBytes } from "../bytes/open-file.ts";
import type { TableFormat } from "../findings/findings.ts";
import type { Gather, RowSink, Scan, ScanOptions } from "../reading/gather.ts";
import { checkHeader, type Header } from "./header.ts";
import { LineIndex } from "./line-index.ts";
import { readRecords } from "./records.ts";
import { declaredSeparator, separatorOf } from "./separator.ts";

/** Reads a CSV file, plain or packed with gzip, in one pass. */
export async function scanCsv(options: ScanOptions, gather: Gather): Promise<Scan> {
  const { path, kind, settings, id, used } = options;
  const source = await decodedText(path, () => fileBytes(path, kind), settings.encoding);
  const { sample, pieces } = await withSample(source.pieces);
  const declared = declaredSeparator(sample);
  const separator = settings.separator ?? declared ?? separatorOf(sample);

  const lines = new LineIndex();
  let header: Header | undefined;
  let gathered: RowSink | undefined;
  let rows = 0;
  let [blank, withoutValues] = [0, 0];
  let declaredLine = declared !== undefined;
  const lineEnds = await readRecords(path, pieces, separator, (fields, line) => {
    if (declaredLine) {
      declaredLine = false;
      return;
    }
    const lone = fields.length === 1 ? fields[0] : undefined;
    if (lone !== undefined && lone.trim() === "" && header?.names.length !== 1) {
      blank += 1;
      return;
    }
    if (header === undefined) {
      header = checkHeader(path, fields, id, used);
      gathered = gather(header);
      return;
    }
    if (fields.length !== header.names.length) {
      throw ragged(path, line, fields.length, header.names.length);
    }
    if (id !== undefined && fields.every((field) => field.trim() === "")) {
      withoutValues += 1; // a spreadsheet's empty row: nobody is in it
      return;
    }
    lines.add(rows, line);
    gathered?.push(fields);
    rows += 1;
  });
  if (header === undefined) throw new MoongateError("CSV_EMPTY", `${path} is empty`);
  if (rows === 0) throw new MoongateError("CSV_EMPTY", `${path} has a header but no rows`);
  const format: TableFormat = {
    type: "csv",
    gzip: kind === "gzip",
    encoding: source.encoding.name,
    separator,
    lineEnds,
    blankLines: blank,
  };
  const lineOf = (row: number): number => lines.lineOf(row);
  return { header, rows, format, unit: "line", lineOf, withoutValues };
}

/** The first piece of a text that is not empty, and all of it once more from the first on. */
async function withSample(pieces: AsyncGenerator<string, undefined>): Promise<{
  readonly sample: string;
  readonly pieces: AsyncGenerator<string, undefined>;
}> {
  let first = await pieces.next();
  while (first.done !== true && first.value === "") first = await pieces.next();
  const sample = first.value ?? "";
  const all = async function* (): AsyncGenerator<string, undefined> {
    yield sample;
    yield* pieces;
    return undefined;
  };
  return { sample, pieces: all() };
}

function ragged(path: string, line: number, fields: number, columns: number): MoongateError {
  const count = `${fields} ${fields === 1 ? "field" : "fields"}`;
  const cause = `${path}, line ${line}: ${count} where the header has ${columns}`;
  return new MoongateError("CSV_RAGGED_ROW", cause, { details: { line } });
}
