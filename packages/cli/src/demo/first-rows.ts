import { type Column, readTable, type Table, writeTable } from "@moongate/data";

/** Writes a copy of a CSV file with its first rows only; all of them where there are fewer. */
export async function copyFirstRows(
  from: string,
  to: string,
  id: string,
  rows: number,
): Promise<void> {
  await writeTable(to, firstRows(await readTable(from, { id }), rows));
}

function firstRows(table: Table, rows: number): Table {
  const kept = Math.min(rows, table.rows);
  return { ...table, rows: kept, columns: table.columns.map((column) => cut(column, kept)) };
}

function cut(column: Column, rows: number): Column {
  switch (column.kind) {
    case "number":
      return { ...column, values: column.values.subarray(0, rows) };
    case "boolean":
      return { ...column, values: column.values.subarray(0, rows) };
    case "category":
      return { ...column, codes: column.codes.subarray(0, rows) };
    case "text":
      return { ...column, values: column.values.slice(0, rows) };
  }
}
