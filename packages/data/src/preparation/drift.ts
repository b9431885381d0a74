import { at } from "@moongate/errors";
import type { Note } from "../findings/findings.ts";
import { type Column, columnOf, isMissing, MISSING, type Table } from "../table/table.ts";
import type { Encoding, Feature } from "./schema.ts";

/** How the rows of one column differ from those that the preparation was fitted on. */
export interface ColumnDrift {
  readonly name: string;
  readonly rows: number;
  /** Rows without a value. */
  readonly missing: number;
  /** Rows with a level that has no column of its own, though the rare levels of training share one. */
  readonly unseen: number;
  /** Rows with a number or date below the least or above the greatest of training. */
  readonly outside: number;
}

/** Compares every column of new rows with its preparation. */
export function driftOf(features: readonly Feature[], table: Table): ColumnDrift[] {
  return features.map((feature) => {
    const column = columnOf(table, feature.name);
    let missing = 0;
    for (let row = 0; row < table.rows; row++) if (isMissing(column, row)) missing += 1;
    return {
      ...{ name: feature.name, rows: table.rows, missing },
      unseen: unseenIn(feature, column),
      outside: outsideIn(feature.encoding, column),
    };
  });
}

function unseenIn({ encoding }: Feature, column: Column): number {
  if (encoding.type !== "one-hot" || column.kind !== "category") return 0;
  const known = new Set(encoding.levels);
  const unseen = column.levels.map((level) => !known.has(level));
  let count = 0;
  for (const code of column.codes) if (code !== MISSING && at(unseen, code)) count += 1;
  return count;
}

function outsideIn(encoding: Encoding, column: Column): number {
  const range = rangeOfEncoding(encoding);
  if (range === undefined || (column.kind !== "number" && column.kind !== "date")) return 0;
  const { low, high } = range;
  let count = 0;
  for (const value of column.values) if (value < low || value > high) count += 1;
  return count;
}

/** The least and greatest value of training, where the encoding keeps them. */
function rangeOfEncoding(
  encoding: Encoding,
): { readonly low: number; readonly high: number } | undefined {
  switch (encoding.type) {
    case "ranks":
    case "piecewise": {
      const { values } = encoding.ranks;
      if (values.length === 1) return undefined; // constant in training: a column of zeros
      return { low: at(values, 0), high: at(values, values.length - 1) };
    }
    case "date":
      return rangeOfEncoding(encoding.days);
    default:
      return undefined;
  }
}

/** A share of rows from which on a difference is worth a look; below, it is only told. */
const WORTH_A_LOOK = 0.05;

/** What the owner of new rows is told of them. */
export function driftNotes(drift: readonly ColumnDrift[]): Note[] {
  return drift.flatMap(({ name, rows, missing, unseen, outside }) => [
    ...noteOf(
      "LEVELS_UNSEEN",
      name,
      unseen,
      rows,
      "a level that training did not know or found rare",
    ),
    ...noteOf("VALUES_OUT_OF_RANGE", name, outside, rows, "a value outside the range of training"),
    ...noteOf("VALUES_MISSING", name, missing, rows, "no value"),
  ]);
}

function noteOf(
  code: Note["code"],
  column: string,
  count: number,
  rows: number,
  what: string,
): Note[] {
  if (count === 0) return [];
  const share = Math.round((100 * count) / rows);
  const weight = count > WORTH_A_LOOK * rows ? "look" : "told";
  return [
    {
      ...{ code, weight, column, count },
      sentence: `${JSON.stringify(column)}: ${count} of ${rows} rows (${share}%) have ${what}.`,
    },
  ];
}
