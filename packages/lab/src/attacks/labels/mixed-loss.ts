import { sigmoid, softplus } from "../numeric/logistic.ts";

/** Rows of a step of MixMatch: those that came of known rows first. */
export interface Mixed {
  readonly count: number;
  readonly ofKnown: number;
  /** Targets in [0, 1], one a row. */
  readonly targets: Float64Array;
  /** What is added to each row's logit. */
  readonly shifts: Float64Array;
  /** The derivative of the loss by each logit, which is written. */
  readonly slopes: Float64Array;
}

/**
 * The loss of a step: with p = σ(logit + shift), the mean log-loss of the rows that came of known
 * ones, plus a weight times the mean (p − target)² of the others.
 */
export function lossOnMixed(rows: Mixed, logits: Float64Array, weight: number): number {
  const { count, ofKnown, targets, shifts, slopes } = rows;
  const others = Math.max(1, count - ofKnown);
  let loss = 0;
  for (let row = 0; row < count; row++) {
    const logit = (logits[row] ?? 0) + (shifts[row] ?? 0);
    const target = targets[row] ?? 0;
    const p = sigmoid(logit);
    if (row < ofKnown) {
      loss += (softplus(logit) - target * logit) / ofKnown;
      slopes[row] = (p - target) / ofKnown;
    } else {
      const off = p - target;
      loss += (weight * off * off) / others;
      slopes[row] = (2 * weight * off * p * (1 - p)) / others;
    }
  }
  return loss;
}
