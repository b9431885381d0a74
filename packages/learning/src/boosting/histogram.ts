import type { ColumnBins } from "./bins.ts";
import { doubleAt, wordAt } from "./checked-reads.ts";

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

/** Adds some rows' derivatives to one column's bins, which begin at `first` of `histogram`. */
export function addColumn(
  histogram: Float64Array,
  first: number,
  bins: Uint8Array,
  rows: Uint32Array,
  { gradients, hessians }: Derivatives,
): void {
  for (let i = 0; i < rows.length; i++) {
    const slot = first + PER_BIN * (bins[rows[i] ?? 0] ?? 0);
    histogram[slot] = (histogram[slot] ?? 0) + (gradients[i] ?? 0);
    histogram[slot + 1] = (histogram[slot + 1] ?? 0) + (hessians[i] ?? 0);
    histogram[slot + 2] = (histogram[slot + 2] ?? 0) + 1;
  }
}

/** The same for two columns at once: sums of one are added while those of the other are stored. */
export function addTwoColumns(
  histogram: Float64Array,
  [first, second]: readonly [number, number],
  [bins, others]: readonly [Uint8Array, Uint8Array],
  rows: Uint32Array,
  { gradients, hessians }: Derivatives,
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const gradient = gradients[i] ?? 0;
    const hessian = hessians[i] ?? 0;
    const one = first + PER_BIN * (bins[row] ?? 0);
    const two = second + PER_BIN * (others[row] ?? 0);
    histogram[one] = (histogram[one] ?? 0) + gradient;
    histogram[two] = (histogram[two] ?? 0) + gradient;
    histogram[one + 1] = (histogram[one + 1] ?? 0) + hessian;
    histogram[two + 1] = (histogram[two + 1] ?? 0) + hessian;
    histogram[one + 2] = (histogram[one + 2] ?? 0) + 1;
    histogram[two + 2] = (histogram[two + 2] ?? 0) + 1;
  }
}

/** Derivatives of the loss by the score, in the order of the rows they go with. */
export interface Derivatives {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Derivatives of the chosen rows, side by side, so that every column reads them in order. */
export function gathered({ gradients, hessians }: Derivatives, rows: Uint32Array): Derivatives {
  const own = {
    gradients: new Float64Array(rows.length),
    hessians: new Float64Array(rows.length),
  };
  for (let i = 0; i < rows.length; i++) {
    const row = wordAt(rows, i);
    own.gradients[i] = doubleAt(gradients, row);
    own.hessians[i] = doubleAt(hessians, row);
  }
  return own;
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
