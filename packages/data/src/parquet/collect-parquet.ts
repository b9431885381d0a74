import { MoongateError } from "@moongate/errors";
import {
  asyncBufferFromFile,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
} from "hyparquet";
import { compressors } from "hyparquet-compressors";
import type { MissingMarks } from "../cells/missing-marks.ts";
import { type Collected, ColumnBuilder } from "../columns/column-builder.ts";
import type { CollectedTable } from "../csv/collect-csv.ts";
import { checkHeader } from "../csv/header.ts";
import type { ScanOptions } from "../reading/gather.ts";
import type { ColumnKind } from "../table/table.ts";
import { type Chunk, collectValues } from "./collect-values.ts";

type AsyncBuffer = Awaited<ReturnType<typeof asyncBufferFromFile>>;

const DAY_MS = 86_400_000;
const strictUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Dates as days since 1970-01-01, and text decoded strictly. */
const PARSERS = {
  timestampFromMilliseconds: (millis: bigint): number => Number(millis) / DAY_MS,
  timestampFromMicroseconds: (micros: bigint): number => Number(micros) / 1000 / DAY_MS,
  timestampFromNanoseconds: (nanos: bigint): number => Number(nanos) / 1e6 / DAY_MS,
  dateFromDays: (days: number): number => days,
  stringFromBytes: (bytes: Uint8Array | undefined): string | undefined =>
    bytes === undefined ? undefined : strictUtf8.decode(bytes),
};

/**
 * Collects the columns of a Parquet file, one after the other, so that only one is decoded at a
 * time. Columns of text are then decided as those of a CSV file are; nested ones are left out.
 *
 * @throws TABLE_DAMAGED, CSV_EMPTY, CSV_DUPLICATE_COLUMN, COLUMN_MISSING.
 */
export async function collectParquet(
  { path, id, used }: ScanOptions,
  marks: MissingMarks,
  kindOf: (name: string) => ColumnKind | undefined,
): Promise<CollectedTable> {
  const file = await asyncBufferFromFile(path);
  const metadata = await readable(path, () => parquetMetadataAsync(file));
  const rows = Number(metadata.num_rows);
  if (rows === 0) throw new MoongateError("CSV_EMPTY", `${path} has columns but no rows`);
  const fields = parquetSchema(metadata).children;
  const header = checkHeader(
    path,
    fields.map(({ element }) => element.name),
    id,
    used,
  );
  const columns: (Collected | undefined)[] = [];
  for (const [position, field] of fields.entries()) {
    const name = field.element.name;
    if (header.unnamed[position] === true || field.children.length > 0) {
      columns.push(undefined);
      continue;
    }
    const chunks = await readable(path, () => chunksOf(file, metadata, name));
    const kind = kindOf(name);
    const builder = (asText: boolean): ColumnBuilder => new ColumnBuilder({ marks, kind, asText });
    columns.push(collectValues(chunks, rows, field.element, kind, builder));
  }
  return {
    header,
    columns,
    rows,
    format: { type: "parquet", columns: fields.length },
    unit: "row",
    lineOf: (row) => row + 1,
    withoutValues: 0,
  };
}

async function chunksOf(
  file: AsyncBuffer,
  metadata: FileMetaData,
  name: string,
): Promise<readonly Chunk[]> {
  const found: { readonly start: number; readonly data: Chunk }[] = [];
  await parquetRead({
    ...{ file, metadata, compressors, columns: [name], parsers: PARSERS },
    onChunk: ({ rowStart, columnData }) => {
      found.push({ start: rowStart, data: columnData });
    },
  });
  return found.sort((a, b) => a.start - b.start).map(({ data }) => data);
}

async function readable<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (cause) {
    const what = cause instanceof Error ? cause.message.split("\n")[0] : "unknown";
    throw new MoongateError(
      "TABLE_DAMAGED",
      `${path} cannot be read as Parquet (${String(what).slice(0, 120)})`,
      { cause },
    );
  }
}
