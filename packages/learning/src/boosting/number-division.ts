import { doubleAt } from "./checked-reads.ts";
import { type ColumnHistogram, type Division, LEAST_GAIN, worth } from "./division.ts";
import { less, NO_SUMS, PER_BIN, type Sums, sumsAt } from "./histogram.ts";
import type { BoostingSettings } from "./settings.ts";

/**
 * The best threshold on a column of numbers. Rows with a missing value (bin 0) are tried on both
 * sides; if the leaf has none, later ones follow the larger side.
 */
export function numberDivision(
  column: ColumnHistogram,
  total: Sums,
  settings: BoostingSettings,
): Division | undefined {
  const missing = sumsAt(column.values, column.start);
  const right = bestThreshold(column, NO_SUMS, total, settings);
  const left = missing.rows > 0 ? bestThreshold(column, missing, total, settings) : undefined;
  const best = left !== undefined && left.gain > (right?.gain ?? 0) ? left : right;
  if (best === undefined) return undefined;
  const sums = { left: best.left, right: less(total, best.left) };
  const missingLeft = missing.rows > 0 ? best === left : sums.left.rows > sums.right.rows;
  const first = missingLeft ? 0 : 1;
  const members = (): number[] =>
    Array.from({ length: best.bin + 1 - first }, (_, index) => first + index);
  return { gain: best.gain, l2: settings.l2, sums, left: members };
}

interface Threshold {
  readonly gain: number;
  /** The last bin that goes left. */
  readonly bin: number;
  readonly left: Sums;
}

/** The hot loop: sums grow a bin at a time, and nothing is allocated until the end. */
function bestThreshold(
  { values, start, bins }: ColumnHistogram,
  already: Sums,
  total: Sums,
  { leafRows, leafWeight, l2 }: BoostingSettings,
): Threshold | undefined {
  const whole = worth(total.gradient, total.hessian, l2);
  let { gradient, hessian, rows } = already;
  let most = LEAST_GAIN;
  let best = 0;
  let left = already;
  for (let bin = 1; bin < bins; bin++) {
    const slot = start + PER_BIN * bin;
    const more = doubleAt(values, slot + 2);
    if (more === 0) continue;
    gradient += doubleAt(values, slot);
    hessian += doubleAt(values, slot + 1);
    rows += more;
    if (rows < leafRows || hessian < leafWeight) continue;
    if (total.rows - rows < leafRows || total.hessian - hessian < leafWeight) break;
    const gain =
      worth(gradient, hessian, l2) +
      worth(total.gradient - gradient, total.hessian - hessian, l2) -
      whole;
    if (gain <= most) continue;
    most = gain;
    best = bin;
    left = { gradient, hessian, rows };
  }
  return best === 0 ? undefined : { gain: most, bin: best, left };
}
