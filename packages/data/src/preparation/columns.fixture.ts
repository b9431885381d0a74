import type { Column, Table } from "../table/table.ts";

/** A table of the given columns. */
export function tableOf(...columns: readonly Column[]): Table {
  const [first] = columns;
  const rows =
    first === undefined ? 0 : "codes" in first ? first.codes.length : first.values.length;
  return { rows, columns };
}

export function numbers(name: string, values: Iterable<number>): Column {
  return { name, kind: "number", values: Float64Array.from(values) };
}

export function booleans(name: string, values: Iterable<number>): Column {
  return { name, kind: "boolean", values: Int8Array.from(values) };
}

/** A category column; null is missing. */
export function categories(name: string, values: readonly (string | null)[]): Column {
  const levels = [...new Set(values.flatMap((value) => value ?? []))];
  const codes = values.map((value) => (value === null ? -1 : levels.indexOf(value)));
  return { name, kind: "category", codes: Int32Array.from(codes), levels };
}

/** The row numbers 0 to count - 1. */
export function rowNumbers(count: number): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row);
}

/** One column of a row-major matrix. */
export function columnValues(
  matrix: { readonly values: Float64Array; readonly names: readonly string[] },
  name: string,
): number[] {
  const at = matrix.names.indexOf(name);
  if (at === -1) throw new Error(`no encoded column ${name} among ${matrix.names.join(", ")}`);
  return [...matrix.values].filter((_, index) => index % matrix.names.length === at);
}
