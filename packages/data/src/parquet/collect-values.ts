import type { SchemaElement } from "hyparquet";
import type { Collected, ColumnBuilder } from "../columns/column-builder.ts";
import { type ColumnKind, MISSING } from "../table/table.ts";

/** A stretch of rows of one column: their values, nullish where one is missing. */
export type Chunk = ArrayLike<unknown>;

/**
 * One column of a Parquet file, whose type the file declares. Numbers, truth values and dates are
 * what they are declared to be; text, and whole numbers that a double cannot hold, are decided by
 * all their values, as in a CSV file.
 *
 * @param builder makes one that collects text.
 */
export function collectValues(
  chunks: readonly Chunk[],
  rows: number,
  element: SchemaElement,
  kind: ColumnKind | undefined,
  builder: (asText: boolean) => ColumnBuilder,
): Collected {
  const type = typeOf(element);
  const declared = kind === undefined || kind === type;
  if (declared && type === "number") {
    const numbers = asNumbers(chunks, rows);
    if (numbers !== undefined) return numbers;
  }
  if (declared && type === "boolean") return { as: "truths", values: asTruths(chunks, rows) };
  if (declared && type === "date") {
    const values = asNumbers(chunks, rows)?.numbers.values;
    const timed = element.converted_type !== "DATE";
    if (values !== undefined) return { as: "days", values, timed };
  }
  const texts = builder(true);
  for (const chunk of chunks) {
    for (let row = 0; row < chunk.length; row++) {
      texts.push(type === "date" ? dateText(chunk[row]) : textOf(chunk[row]));
    }
  }
  return texts.finish();
}

function typeOf({ type, converted_type, logical_type }: SchemaElement): ColumnKind | undefined {
  const dates = ["DATE", "TIMESTAMP_MILLIS", "TIMESTAMP_MICROS"];
  if (converted_type !== undefined && dates.includes(converted_type)) return "date";
  if (logical_type?.type === "TIMESTAMP" || logical_type?.type === "DATE") return "date";
  if (type === "INT96") return "date";
  if (type === "BOOLEAN") return "boolean";
  if (converted_type === "DECIMAL" || logical_type?.type === "FLOAT16") return "number";
  return type === "INT32" || type === "INT64" || type === "FLOAT" || type === "DOUBLE"
    ? "number"
    : undefined;
}

/** The numbers; undefined if some are whole and beyond what a double holds exactly. */
function asNumbers(
  chunks: readonly Chunk[],
  rows: number,
): Extract<Collected, { readonly as: "numbers" }> | undefined {
  const values = new Float64Array(rows);
  let row = 0;
  let missing = 0;
  let infinite: number | undefined;
  for (const chunk of chunks) {
    for (let index = 0; index < chunk.length; index++, row++) {
      const raw = chunk[index];
      const value = raw === null || raw === undefined ? NaN : Number(raw);
      if (typeof raw === "bigint" && !Number.isSafeInteger(value)) return undefined;
      if (Number.isNaN(value)) missing += 1;
      else if (!Number.isFinite(value)) infinite ??= row;
      values[row] = Number.isFinite(value) ? value : NaN;
    }
  }
  return { as: "numbers", numbers: { values, missing, misfits: [], infinite } };
}

function asTruths(chunks: readonly Chunk[], rows: number): Int8Array {
  const values = new Int8Array(rows).fill(MISSING);
  let row = 0;
  for (const chunk of chunks) {
    for (let index = 0; index < chunk.length; index++, row++) {
      const raw = chunk[index];
      if (raw === true || raw === false) values[row] = raw ? 1 : 0;
    }
  }
  return values;
}

/** A value as a CSV file would have it. */
function textOf(value: unknown): string {
  switch (typeof value) {
    case "string":
      return value;
    case "number":
    case "bigint":
    case "boolean":
      return String(value);
    default:
      return value === null || value === undefined ? "" : JSON.stringify(value);
  }
}

function dateText(days: unknown): string {
  return typeof days === "number" ? new Date(days * 86_400_000).toISOString() : "";
}
