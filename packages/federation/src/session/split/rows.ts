import type { ArrangedFeatures } from "../../data.ts";

/** Rows that are encoded, embedded and sent at once outside training. */
export const STRETCH_ROWS = 4096;

/** Row-major values of a party's training rows, encoded once, in single precision. */
export interface OwnTable {
  readonly cols: number;
  readonly values: Float32Array;
  gather(rows: Uint32Array): Float32Array;
}

/** Four bytes a value for the time of the training. */
export function ownTable(features: ArrangedFeatures, rows: number): OwnTable {
  const { cols } = features;
  const values = new Float32Array(rows * cols);
  for (const { from, to } of stretches(0, rows)) values.set(features.rows(from, to), from * cols);
  return {
    cols,
    values,
    gather: (picked) => {
      const out = new Float32Array(picked.length * cols);
      picked.forEach((row, at) => {
        out.set(values.subarray(row * cols, (row + 1) * cols), at * cols);
      });
      return out;
    },
  };
}

/** Rows from (inclusive) to (exclusive), in stretches. */
export function* stretches(first: number, end: number): Generator<{ from: number; to: number }> {
  for (let from = first; from < end; from += STRETCH_ROWS) {
    yield { from, to: Math.min(from + STRETCH_ROWS, end) };
  }
}

/** The positions from (inclusive) to (exclusive). */
export const positions = (from: number, to: number): Uint32Array =>
  Uint32Array.from({ length: to - from }, (_, index) => from + index);

/** Labels or targets of some rows, row-major |rows| × count. */
export function pick<T extends Uint8Array | Float32Array>(
  table: T,
  count: number,
  rows: Uint32Array,
): T {
  const out = table.slice(0, rows.length * count) as T;
  rows.forEach((row, at) => {
    out.set(table.subarray(row * count, (row + 1) * count), at * count);
  });
  return out;
}
