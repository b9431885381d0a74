import { type Labels, requireBothClasses, type Scores } from "./inputs.ts";
import { tieGroups } from "./tie-groups.ts";

/**
 * Area under the ROC curve: the chance that a random positive scores higher than a random
 * negative, ties counting one half (the Mann-Whitney statistic by midranks). O(n log n).
 *
 * @throws LABEL_ONE_CLASS, and the errors of `countClasses`.
 */
export function auc(scores: Scores, labels: Labels): number {
  const { positives, negatives } = requireBothClasses(scores, labels);
  let negativesBelow = 0;
  let wins = 0;
  for (const group of tieGroups(scores, labels)) {
    const tied = group.size - group.positives;
    wins += group.positives * (negativesBelow + tied / 2);
    negativesBelow += tied;
  }
  return wins / (positives * negatives);
}
