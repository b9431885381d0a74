import { at } from "@moongate/errors";
import { wrap } from "./elementwise.ts";

/** A matrix of unsigned words, row-major, one array a row; `cols` also where there are no rows. */
export interface WordTable {
  readonly cols: number;
  readonly rows: readonly (readonly bigint[])[];
}

/** Consecutive words as rows of `cols` words. */
export function table(words: readonly bigint[], rows: number, cols: number): WordTable {
  const row = (_: unknown, i: number): bigint[] => words.slice(i * cols, (i + 1) * cols);
  return { cols, rows: Array.from({ length: rows }, row) };
}

/** The words, row by row. */
export const flat = (a: WordTable): bigint[] => a.rows.flat();

export function transpose(a: WordTable): WordTable {
  const column = (_: unknown, j: number): bigint[] => a.rows.map((row) => at(row, j));
  return { cols: a.rows.length, rows: Array.from({ length: a.cols }, column) };
}

/** a[rows], rows in the given order. */
export function gather(a: WordTable, rows: readonly number[]): WordTable {
  return { cols: a.cols, rows: rows.map((row) => a.rows[row] ?? []) };
}

/** a · b mod 2^64 */
export function multiply(a: WordTable, b: WordTable): WordTable {
  const columns = transpose(b).rows;
  const dot = (x: readonly bigint[], y: readonly bigint[]): bigint =>
    wrap(x.reduce((sum, word, i) => sum + word * at(y, i), 0n));
  return { cols: b.cols, rows: a.rows.map((row) => columns.map((column) => dot(row, column))) };
}

/** aᵀ · b mod 2^64 */
export const multiplyTransposed = (a: WordTable, b: WordTable): WordTable =>
  multiply(transpose(a), b);

/** The sums of the columns, mod 2^64. */
export const sumRows = (a: WordTable): bigint[] =>
  transpose(a).rows.map((column) => wrap(column.reduce((sum, word) => sum + word, 0n)));
