import { MoongateError } from "@moongate/errors";
import { type Labels, requireBothClasses, type Scores } from "./inputs.ts";
import { descendingTieGroups } from "./tie-groups.ts";

/**
 * Lift of the best-scored `share` of the rows: their rate of positives over the rate of all rows.
 * At least one row is taken. Where the cut divides rows of equal score, the expected number of
 * positives among those taken counts. O(n log n).
 *
 * @throws USAGE (share outside (0, 1]), LABEL_ONE_CLASS, and the errors of `countClasses`.
 */
export function lift(scores: Scores, labels: Labels, share = 0.1): number {
  if (!(share > 0 && share <= 1)) {
    throw new MoongateError("USAGE", `a share of ${share} is not within (0, 1]`);
  }
  const { positives } = requireBothClasses(scores, labels);
  const take = Math.max(1, Math.round(share * labels.length));
  let taken = 0;
  let found = 0;
  for (const group of descendingTieGroups(scores, labels)) {
    const part = Math.min(group.size, take - taken);
    found += (group.positives * part) / group.size;
    taken += part;
    if (taken === take) break;
  }
  return found / take / (positives / labels.length);
}
