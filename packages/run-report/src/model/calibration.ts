import { at } from "@moongate/errors";
import { probability } from "./curves.ts";
import type { LabelScores } from "./score-file.ts";

/** Rows with similar predictions: what was predicted for them, and what they did. */
export interface CalibrationBin {
  readonly rows: number;
  /** Mean predicted probability. */
  readonly predicted: number;
  /** Share of positive rows, with its 95% interval (Wilson, 1927). */
  readonly observed: number;
  readonly low: number;
  readonly high: number;
}

const BINS = 10;
const LEAST_ROWS = 10;
/** The 97.5% quantile of the normal distribution. */
const Z = 1.959964;

/** The rows in order of their prediction, cut into bins of equal size. */
export function calibration({ labels, logits }: LabelScores): CalibrationBin[] {
  const order = Array.from(logits.keys()).sort((a, b) => at(logits, a) - at(logits, b));
  const bins = Math.min(BINS, Math.floor(order.length / LEAST_ROWS));
  return Array.from({ length: bins }, (_, bin) => {
    const [from, to] = [bin, bin + 1].map((edge) => Math.round((edge * order.length) / bins));
    const own = order.slice(from, to);
    const positives = own.reduce((sum, row) => sum + at(labels, row), 0);
    const predicted = own.reduce((sum, row) => sum + probability(at(logits, row)), 0) / own.length;
    return { rows: own.length, predicted, ...wilson(positives, own.length) };
  });
}

function wilson(
  positives: number,
  rows: number,
): Pick<CalibrationBin, "observed" | "low" | "high"> {
  const observed = positives / rows;
  const scale = 1 + (Z * Z) / rows;
  const centre = (observed + (Z * Z) / (2 * rows)) / scale;
  const half =
    (Z / scale) * Math.sqrt((observed * (1 - observed)) / rows + (Z * Z) / (4 * rows * rows));
  return { observed, low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
