import { MoongateError } from "@moongate/errors";
import { auc, type Labels, type Scores } from "@moongate/learning";
import { normalQuantile } from "../numeric/normal.ts";
import { CONFIDENCE, type Interval, requireConfidence } from "./interval.ts";

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
 * For models of different rows use `differenceOf` on their intervals.
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
  const components = subtract(placements(first, labels), placements(second, labels));
  const [positives, negatives] = [components.positives.length, components.negatives.length];
  if (positives < 2 || negatives < 2) {
    const cause = `an interval needs two rows of each class, not ${positives} and ${negatives}`;
    throw new MoongateError("LABEL_ONE_CLASS", cause);
  }
  const difference = firstAuc - secondAuc;
  const standardError = Math.sqrt(
    variance(components.positives) / positives + variance(components.negatives) / negatives,
  );
  const reach = normalQuantile((1 + confidence) / 2) * standardError;
  const interval = { low: difference - reach, high: difference + reach };
  return { first: firstAuc, second: secondAuc, difference, standardError, interval };
}

/** Of each positive the share of negatives below it, of each negative that of positives above it. */
interface Placements {
  readonly positives: Float64Array;
  readonly negatives: Float64Array;
}

function placements(scores: Scores, labels: Labels): Placements {
  const order = Array.from({ length: labels.length }, (_, row) => row);
  order.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let positives = 0;
  for (const label of labels) positives += label;
  const negatives = labels.length - positives;
  const share = new Float64Array(labels.length);
  let [positivesBelow, negativesBelow] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let to = from;
    let tied = 0;
    while (to < order.length && scores[order[to] ?? 0] === scores[order[from] ?? 0]) {
      tied += labels[order[to] ?? 0] ?? 0;
      to++;
    }
    const others = to - from - tied;
    for (const row of order.slice(from, to)) {
      share[row] =
        labels[row] === 1
          ? (negativesBelow + others / 2) / negatives
          : 1 - (positivesBelow + tied / 2) / positives;
    }
    positivesBelow += tied;
    negativesBelow += others;
    from = to;
  }
  return {
    positives: share.filter((_, row) => labels[row] === 1),
    negatives: share.filter((_, row) => labels[row] === 0),
  };
}

function subtract(a: Placements, b: Placements): Placements {
  const minus = (x: Float64Array, y: Float64Array): Float64Array =>
    x.map((value, i) => value - (y[i] ?? NaN));
  return {
    positives: minus(a.positives, b.positives),
    negatives: minus(a.negatives, b.negatives),
  };
}

/** Sample variance. */
function variance(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
