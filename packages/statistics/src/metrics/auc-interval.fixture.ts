import { MoongateError } from "@moongate/errors";
import { type Labels, requireBothClasses, type Scores } from "./inputs.ts";
import { tieGroups } from "./tie-groups.ts";

/** An AUC with its standard error and 95% confidence interval (clipped to [0, 1]). */
export interface AucInterval {
  readonly auc: number;
  readonly standardError: number;
  readonly low: number;
  readonly high: number;
}

/** The 97.5% quantile of the standard normal distribution. */
const NORMAL_975 = 1.959963984540054;

/**
 * DeLong's interval of the AUC (DeLong et al., Biometrics 1988), in O(n log n).
 *
 * Each positive's component is the share of negatives it beats, each negative's the share of
 * positives that beat it (ties one half); both average to the AUC, and
 * variance = var(positive components) / positives + var(negative components) / negatives,
 * with sample variances. Rows of one tie group and class have equal components.
 * A perfect separation has an interval of width zero: the normal approximation ends there.
 *
 * @throws LABEL_ONE_CLASS (fewer than two rows of a class), and the errors of `countClasses`.
 */
export function aucInterval(scores: Scores, labels: Labels): AucInterval {
  const { positives, negatives } = requireBothClasses(scores, labels);
  if (positives < 2 || negatives < 2) {
    const cause = `an interval needs two rows of each class, not ${positives} and ${negatives}`;
    throw new MoongateError("LABEL_ONE_CLASS", cause);
  }
  const ofPositives = new Spread();
  const ofNegatives = new Spread();
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (const group of tieGroups(scores, labels)) {
    const tied = group.size - group.positives;
    ofPositives.add((negativesBelow + tied / 2) / negatives, group.positives);
    ofNegatives.add(1 - (positivesBelow + group.positives / 2) / positives, tied);
    positivesBelow += group.positives;
    negativesBelow += tied;
  }
  const auc = ofPositives.mean;
  const variance = ofPositives.variance() / positives + ofNegatives.variance() / negatives;
  const standardError = Math.sqrt(variance);
  const reach = NORMAL_975 * standardError;
  return { auc, standardError, low: Math.max(0, auc - reach), high: Math.min(1, auc + reach) };
}

/** Running mean and sample variance of weighted values (West 1979). */
class Spread {
  mean = 0;
  #weight = 0;
  #squares = 0;

  add(value: number, weight: number): void {
    if (weight === 0) return;
    this.#weight += weight;
    const offset = value - this.mean;
    this.mean += (offset * weight) / this.#weight;
    this.#squares += weight * offset * (value - this.mean);
  }

  variance(): number {
    return this.#squares / (this.#weight - 1);
  }
}
