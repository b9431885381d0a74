import { type Labels, requireBothClasses, type Scores } from "./inputs.ts";
import { tieGroups } from "./tie-groups.ts";

/**
 * Kolmogorov-Smirnov statistic: the largest distance between the score distributions of
 * positives and negatives, in [0, 1]. O(n log n).
 *
 * @throws LABEL_ONE_CLASS, and the errors of `countClasses`.
 */
export function ks(scores: Scores, labels: Labels): number {
  const { positives, negatives } = requireBothClasses(scores, labels);
  let positivesBelow = 0;
  let negativesBelow = 0;
  let largest = 0;
  for (const group of tieGroups(scores, labels)) {
    positivesBelow += group.positives;
    negativesBelow += group.size - group.positives;
    const distance = Math.abs(positivesBelow / positives - negativesBelow / negatives);
    largest = Math.max(largest, distance);
  }
  return largest;
}
