import { type Labels, requireBothClasses, type Scores } from "./inputs.ts";
import { descendingTieGroups } from "./tie-groups.ts";

/**
 * Average precision, the step-wise area under the precision-recall curve:
 * the sum over thresholds of (recall gained there) x (precision there). Rows of equal score
 * enter together. A constant score has the share of positives. O(n log n).
 *
 * @throws LABEL_ONE_CLASS, and the errors of `countClasses`.
 */
export function prAuc(scores: Scores, labels: Labels): number {
  const { positives } = requireBothClasses(scores, labels);
  let found = 0;
  let taken = 0;
  let precisions = 0;
  for (const group of descendingTieGroups(scores, labels)) {
    found += group.positives;
    taken += group.size;
    precisions += group.positives * (found / taken);
  }
  // divided once, at the end: a perfect order has 1, and no more than 1
  return precisions / positives;
}
