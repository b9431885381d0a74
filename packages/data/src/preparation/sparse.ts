import { columnOf, type Table } from "../table/table.ts";
import { evenRows } from "./even-rows.ts";

/** A number is sparse when more of the rows than this have the same value. */
const SPARSE_SHARE = 0.75;

/** Rows that are counted, at most: a share of this many is told to a hundredth. */
const COUNTED_ROWS = 20_000;

/**
 * The sparse ones of the number columns: one value (mostly 0) in more than three rows of four.
 * Missing values count as one value. Judged by the whole table: it decides how many columns enter the
 * joint model.
 */
export function sparseNumbers(table: Table, columns: readonly string[]): ReadonlySet<string> {
  const rows = evenRows(table.rows, COUNTED_ROWS);
  return new Set(
    columns.filter((name) => {
      const column = columnOf(table, name);
      if (column.kind !== "number") return false;
      const counts = new Map<number, number>();
      for (const row of rows) {
        const value = column.values[row] ?? NaN;
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
      return Math.max(0, ...counts.values()) > SPARSE_SHARE * rows.length;
    }),
  );
}
