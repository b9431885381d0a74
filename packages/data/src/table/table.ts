import { MoongateError } from "@moongate/errors";
import { didYouMean } from "./did-you-mean.ts";

/** What the values of a column are. `text` is for ids: never a feature. */
export type ColumnKind = "number" | "category" | "boolean" | "date" | "text";

interface Named {
  readonly name: string;
}

/** Finite numbers; NaN stands for a missing value. */
export interface NumberColumn extends Named {
  readonly kind: "number";
  readonly values: Float64Array;
}

/** 0 is false, 1 is true, -1 is missing. */
export interface BooleanColumn extends Named {
  readonly kind: "boolean";
  readonly values: Int8Array;
}

/** A code is an index into `levels` (in order of first appearance); -1 is missing. */
export interface CategoryColumn extends Named {
  readonly kind: "category";
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** Days since 1970-01-01 (UTC), times of day as fractions; NaN stands for a missing value. */
export interface DateColumn extends Named {
  readonly kind: "date";
  readonly values: Float64Array;
}

/** Text as written in the file; an empty string is missing. */
export interface TextColumn extends Named {
  readonly kind: "text";
  readonly values: readonly string[];
}

export type Column = NumberColumn | BooleanColumn | CategoryColumn | DateColumn | TextColumn;

/** The code of a missing category or boolean. */
export const MISSING = -1;

/** One party's rows, held by columns. */
export interface Table {
  /** The file it came from. */
  readonly path?: string;
  /** The name of the id column, if one was declared. */
  readonly id?: string | undefined;
  readonly rows: number;
  readonly columns: readonly Column[];
}

/**
 * The column of that name.
 *
 * @throws COLUMN_MISSING, with the nearest name there is.
 */
export function columnOf(table: Table, name: string): Column {
  const found = findColumn(table, name);
  if (found !== undefined) return found;
  const names = table.columns.map((column) => column.name);
  const cause = `${titleOf(table)} has no column ${JSON.stringify(name)}`;
  throw new MoongateError("COLUMN_MISSING", cause, { cure: didYouMean(name, names) });
}

/** The column of that name, if there is one; the first of them. */
export function findColumn({ columns }: Table, name: string): Column | undefined {
  let byName = BY_NAME.get(columns);
  if (byName === undefined) {
    byName = new Map([...columns].reverse().map((column) => [column.name, column]));
    BY_NAME.set(columns, byName);
  }
  return byName.get(name);
}

/** Columns by name: a table of ten thousand is asked for each of them. */
const BY_NAME = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>();

/** How messages call the table: its path, or "the table". */
export function titleOf(table: Pick<Table, "path">): string {
  return table.path ?? "the table";
}

/** True if the value of `column` in `row` (from 0) is missing. */
export function isMissing(column: Column, row: number): boolean {
  switch (column.kind) {
    case "number":
    case "date":
      return Number.isNaN(column.values[row]);
    case "boolean":
      return column.values[row] === MISSING;
    case "category":
      return column.codes[row] === MISSING;
    case "text":
      return column.values[row] === "";
  }
}
