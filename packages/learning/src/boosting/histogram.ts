import type { ColumnBins } from "./bins.ts";
import { doubleAt } from "./checked-reads.ts";

/** A table in bins. */
export interface BinnedTable {
  readonly rows: number;
  /** The bin of every row, by column. */
  readonly columns: readonly Uint8Array[];
  readonly bins: readonly ColumnBins[];
}

/** Sums over some rows. */
export interface Sums {
  /** The sum of first derivatives of the loss. */
  readonly gradient: number;
  /** The sum of second derivatives. */
  readonly hessian: number;
  readonly rows: number;
}

/** Numbers of a bin: the sums of its rows' first and second derivatives, and its rows. */
export const PER_BIN = 3;

/** Derivatives of the loss by the score, one of each a row of the table. */
export interface Derivatives {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** A parent's histogram less one child's is the other child's: the parent's is overwritten. */
export function subtract(parent: Float64Array, child: Float64Array): Float64Array {
  for (let i = 0; i < parent.length; i++) parent[i] = doubleAt(parent, i) - doubleAt(child, i);
  return parent;
}

/** The sums of one bin that begins at `slot`. */
export const sumsAt = (histogram: Float64Array, slot: number): Sums => ({
  gradient: doubleAt(histogram, slot),
  hessian: doubleAt(histogram, slot + 1),
  rows: doubleAt(histogram, slot + 2),
});

export const add = (a: Sums, b: Sums): Sums => ({
  gradient: a.gradient + b.gradient,
  hessian: a.hessian + b.hessian,
  rows: a.rows + b.rows,
});

export const less = (a: Sums, b: Sums): Sums => ({
  gradient: a.gradient - b.gradient,
  hessian: a.hessian - b.hessian,
  rows: a.rows - b.rows,
});

export const NO_SUMS: Sums = { gradient: 0, hessian: 0, rows: 0 };
