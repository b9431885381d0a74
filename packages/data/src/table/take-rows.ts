import { at } from "@moongate/errors";
import type { Column, Table } from "./table.ts";

/** The given rows of a column, in that order. */
export function takeRows(column: Column, rows: Uint32Array): Column {
  switch (column.kind) {
    case "number":
    case "date":
      return { ...column, values: Float64Array.from(rows, (row) => at(column.values, row)) };
    case "boolean":
      return { ...column, values: Int8Array.from(rows, (row) => at(column.values, row)) };
    case "category":
      return { ...column, codes: Int32Array.from(rows, (row) => at(column.codes, row)) };
    case "text":
      return { ...column, values: Array.from(rows, (row) => at(column.values, row)) };
  }
}

/** The given rows of a table, in that order. */
export function tableOfRows<T extends Table>(table: T, rows: Uint32Array): T {
  return {
    ...table,
    rows: rows.length,
    columns: table.columns.map((column) => takeRows(column, rows)),
  };
}
