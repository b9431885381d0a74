import { studentQuantile } from "./student.ts";

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
  const mean = average(values);
  if (mean === undefined) return undefined;
  const seeds = values.length;
  if (seeds < 2) return { mean, interval: undefined, seeds };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (seeds - 1) / seeds);
  const reach = error * studentQuantile(seeds - 1, 1 - 0.05 / comparisons);
  return { mean, interval: [mean - reach, mean + reach], seeds };
}

export function average(values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The interval, or the mean alone as one of no width. */
export function bounds({ mean, interval }: Estimate): readonly [low: number, high: number] {
  return interval ?? [mean, mean];
}
