import { at } from "@moongate/errors";
import type { Conversion } from "./conversions.ts";
import { oracleScores, type TrueProbabilities } from "./truth.ts";

/**
 * The AUC that the true probabilities are expected to reach over all draws of the labels: the best
 * any model can do on average. Among the given users, default everybody. O(n log n).
 *
 * With p the probabilities: the sum over pairs i != j of p_i (1 - p_j) [p_i > p_j] (ties one half)
 * over the sum of p_i (1 - p_j).
 */
export function oracleAuc(
  truth: TrueProbabilities,
  conversion: Conversion,
  ids?: readonly string[],
): number {
  const scores =
    ids === undefined
      ? truth.probabilities[conversion].slice()
      : oracleScores(truth, conversion, ids);
  scores.sort();
  let [wins, positives, negativesBelow, withItself] = [0, 0, 0, 0];
  for (let start = 0, end = 0; start < scores.length; start = end) {
    const p = at(scores, start);
    while (end < scores.length && scores[end] === p) end++;
    const size = end - start;
    wins += size * p * (negativesBelow + ((size - 1) * (1 - p)) / 2);
    positives += size * p;
    negativesBelow += size * (1 - p);
    withItself += size * p * (1 - p);
  }
  return wins / (positives * negativesBelow - withItself);
}
