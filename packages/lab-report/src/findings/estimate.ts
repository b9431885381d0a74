import { type Combined, intervalOf, seedMean } from "@moongate/statistics";

/** A mean over seeds with its interval; without one for a single seed. */
export interface Estimate {
  readonly mean: number;
  readonly interval: readonly [low: number, high: number] | undefined;
  readonly seeds: number;
}

/**
 * Mean and t-interval.
 *
 * @param values one for each seed; for a paired comparison, the differences.
 * @param comparisons how many such intervals shall hold together: each is widened (Bonferroni).
 */
export function estimate(values: readonly number[], comparisons = 1): Estimate | undefined {
  const { mean, interval, seeds } = seedMean(values, 1 - 0.05 / comparisons);
  if (seeds === 0) return undefined;
  return { mean, interval: interval && [interval.low, interval.high], seeds };
}

/** What runs with errors of their own came to: their mean and interval, which one run has as well. */
export function estimateOf(combined: Combined, comparisons = 1): Estimate {
  const { low, high } = intervalOf(combined, 1 - 0.05 / comparisons);
  return { mean: combined.mean, interval: [low, high], seeds: combined.seeds };
}

/** The estimate of an AUC, cut to what lies between 0 and 1. */
export function possible({ interval, ...rest }: Estimate): Estimate {
  return { ...rest, interval: interval && [Math.max(0, interval[0]), Math.min(1, interval[1])] };
}

export function average(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The interval, or the mean alone as one of no width. */
export function bounds({ mean, interval }: Estimate): readonly [low: number, high: number] {
  return interval ?? [mean, mean];
}
