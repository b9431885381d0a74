import { at } from "@moongate/errors";
import { writeWhole } from "@moongate/files";
import { type Column, isMissing, type Table } from "../table/table.ts";

const ROWS_A_CHUNK = 1000;

/**
 * Writes a table as CSV (RFC 4180, LF, header first; missing values are empty fields), readable by
 * its owner only (0600: rows are about people). Atomic: a reader sees the old file or the whole new
 * one. Numbers are written so that they read back exactly.
 */
export async function writeTable(path: string, table: Table): Promise<void> {
  await writeWhole(path, csvChunks(table));
}

function* csvChunks(table: Table): Generator<string> {
  yield csvLine(table.columns.map((column) => quoted(column.name)));
  const printers = table.columns.map(printerOf);
  for (let start = 0; start < table.rows; start += ROWS_A_CHUNK) {
    let chunk = "";
    const end = Math.min(table.rows, start + ROWS_A_CHUNK);
    for (let row = start; row < end; row++) chunk += csvLine(printers.map((print) => print(row)));
    yield chunk;
  }
}

function csvLine(fields: readonly string[]): string {
  // a lone empty field would be an empty line, which readers skip
  return fields.length === 1 && fields[0] === "" ? '""\n' : `${fields.join(",")}\n`;
}

function printerOf(column: Column): (row: number) => string {
  switch (column.kind) {
    case "number":
      return (row) => (isMissing(column, row) ? "" : String(column.values[row]));
    case "date":
      return (row) => {
        if (isMissing(column, row)) return "";
        const text = new Date(Math.round(at(column.values, row) * 86_400_000)).toISOString();
        return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text;
      };
    case "boolean":
      return (row) => (isMissing(column, row) ? "" : column.values[row] === 1 ? "TRUE" : "FALSE");
    case "category": {
      const levels = column.levels.map(quoted);
      return (row) => (isMissing(column, row) ? "" : at(levels, at(column.codes, row)));
    }
    case "text":
      return (row) => quoted(at(column.values, row));
  }
}

function quoted(field: string): string {
  return /[",\r\n]|^\s|\s$/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
