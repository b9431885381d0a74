import { clopperPearson, CONFIDENCE, type Count, requireDelta } from "@moongate/statistics";

/** What a membership attack with one fixed threshold said of members and of others. */
export interface MembershipCounts {
  /** Members called members, of all members. */
  readonly truePositives: Count;
  /** Others called members, of all others. */
  readonly falsePositives: Count;
}

export interface LowerBoundOptions {
  readonly confidence?: number;
  /** How many thresholds were tried on these very rows: the error is shared among them. */
  readonly thresholds?: number;
}

/**
 * What ε is at least, at δ, with that confidence: an (ε, δ)-private training allows no attack with
 * TPR > e^ε FPR + δ, nor 1 − FPR > e^ε (1 − TPR) + δ (Kairouz, Oh and Viswanath, ICML 2015), so
 * ε ≥ log((TPR − δ) / FPR) and ε ≥ log((1 − FPR − δ) / (1 − TPR)), with TPR's lower and FPR's upper
 * Clopper–Pearson bound (Jagielski, Ullman and Oprea, NeurIPS 2020, arXiv 2006.07709). Each bound errs
 * with half of 1 − confidence; together they hold with it.
 *
 * δ may be 0: pure differential privacy. The threshold must have been chosen on other rows, or the number of those tried must be given. Rows
 * must be independent trials: one row a training, or an argument why several do.
 */
export function epsilonLowerBound(
  { truePositives, falsePositives }: MembershipCounts,
  delta: number,
  { confidence = CONFIDENCE, thresholds = 1 }: LowerBoundOptions = {},
): number {
  if (delta !== 0) requireDelta(delta);
  const shared = 1 - (1 - confidence) / thresholds;
  const hits = clopperPearson(truePositives, shared).low;
  const alarms = clopperPearson(falsePositives, shared).high;
  return Math.max(0, logRatio(hits - delta, alarms), logRatio(1 - alarms - delta, 1 - hits));
}

/** log(a / b), and −∞ where a leaves nothing to compare. */
const logRatio = (a: number, b: number): number => (a > 0 ? Math.log(a / b) : -Infinity);
