import { less, type Sums } from "./histogram.ts";
import type { BoostingSettings } from "./settings.ts";

/** A way to divide a leaf's rows in two by the bins of one column. */
export interface Division {
  /** How much twice the loss falls by it, to second order. */
  readonly gain: number;
  /** The bins whose rows go left; all others go right. */
  readonly left: () => readonly number[];
  /** Added to the sums of second derivatives of both sides. */
  readonly l2: number;
  readonly sums: { readonly left: Sums; readonly right: Sums };
}

/** One column's part of a leaf's histogram. */
export interface ColumnHistogram {
  readonly values: Float64Array;
  /** The place of the column's first bin in `values`. */
  readonly start: number;
  /** Bins of the column, that of missing values included. */
  readonly bins: number;
}

/** Keeps sums of no rows from dividing by zero. */
const TINY = 1e-15;

/** Differences of rounded sums are no gain. */
export const LEAST_GAIN = 1e-9;

/** The value that a leaf should have, to second order. */
export const leafValue = ({ gradient, hessian }: Sums, l2: number): number =>
  -gradient / (hessian + l2 + TINY);

/** What a leaf of these sums takes from twice the loss. */
export const worth = (gradient: number, hessian: number, l2: number): number =>
  (gradient * gradient) / (hessian + l2 + TINY);

/** The division of `total` that sends these sums left, if both sides are large enough and it gains. */
export function weighed(
  left: Sums,
  total: Sums,
  { leafRows, leafWeight, l2: own }: BoostingSettings,
  l2: number,
): Omit<Division, "left"> | undefined {
  const right = less(total, left);
  if (Math.min(left.rows, right.rows) < leafRows) return undefined;
  if (Math.min(left.hessian, right.hessian) < leafWeight) return undefined;
  const gain =
    worth(left.gradient, left.hessian, l2) +
    worth(right.gradient, right.hessian, l2) -
    worth(total.gradient, total.hessian, own);
  return gain > LEAST_GAIN ? { gain, l2, sums: { left, right } } : undefined;
}
