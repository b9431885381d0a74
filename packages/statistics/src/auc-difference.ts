import { MoongateError } from "@moongate/errors";
import { auc } from "./metrics/auc.ts";
import type { Labels, Scores } from "./metrics/inputs.ts";
import { normalQuantile } from "./numeric/normal.ts";
import { CONFIDENCE, type Interval, requireConfidence } from "./interval.ts";
import { placements } from "./placements.ts";

/** The AUCs of two models on the same rows, and their difference. */
export interface AucDifference {
  readonly first: number;
  readonly second: number;
  /** first − second. */
  readonly difference: number;
  readonly standardError: number;
  readonly interval: Interval;
}

/**
 * Interval of the difference of two correlated AUCs: both models scored the same rows (DeLong, DeLong
 * and Clarke-Pearson, Biometrics 1988), in O(n log n) by midranks (Sun and Xu, IEEE SPL 2014).
 *
 * @throws LABEL_ONE_CLASS (fewer than two rows of a class), and the errors of `auc`.
 */
export function aucDifference(
  first: Scores,
  second: Scores,
  labels: Labels,
  confidence = CONFIDENCE,
): AucDifference {
  requireConfidence(confidence);
  const [firstAuc, secondAuc] = [auc(first, labels), auc(second, labels)];
  const [ofFirst, ofSecond] = [placements(first, labels), placements(second, labels)];
  const differences = ofFirst.map((component, row) => component - (ofSecond[row] ?? NaN));
  const ofClass = (label: number): Float64Array =>
    differences.filter((_, row) => labels[row] === label);
  const [ofPositives, ofNegatives] = [ofClass(1), ofClass(0)];
  const [positives, negatives] = [ofPositives.length, ofNegatives.length];
  if (positives < 2 || negatives < 2) {
    const cause = `an interval needs two rows of each class, not ${positives} and ${negatives}`;
    throw new MoongateError("LABEL_ONE_CLASS", cause);
  }
  const difference = firstAuc - secondAuc;
  const standardError = Math.sqrt(
    variance(ofPositives) / positives + variance(ofNegatives) / negatives,
  );
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  const interval = { low: difference - reach, high: difference + reach };
  return { first: firstAuc, second: secondAuc, difference, standardError, interval };
}

/** Sample variance. */
function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
