import type { Column } from "../table/table.ts";

/** The given rows of a column, in that order. */
export function takeRows(column: Column, rows: Uint32Array): Column {
  switch (column.kind) {
    case "number":
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) };
    case "boolean":
      return { ...column, values: Int8Array.from(rows, (row) => column.values[row] ?? -1) };
    case "category":
      return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row] ?? -1) };
    case "text":
      return { ...column, values: Array.from(rows, (row) => column.values[row] ?? "") };
  }
}
