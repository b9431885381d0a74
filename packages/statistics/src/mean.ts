import { CONFIDENCE, type Interval, requireConfidence } from "./interval.ts";
import { studentQuantile } from "./student.ts";

/** A mean over seeds. */
export interface SeedMean {
  /** Mean of the seeds that gave a finite value; NaN if none did. */
  readonly mean: number;
  /** Student's t-interval; none for fewer than two finite values. */
  readonly interval: Interval | undefined;
  /** Standard error of the mean; none for fewer than two finite values. */
  readonly error: number | undefined;
  /** Finite values. */
  readonly seeds: number;
  /** Values that were not finite: to be reported, never dropped in silence. */
  readonly diverged: number;
}

/** Mean of one value a seed with its t-interval, which assumes that values are about normal. */
export function seedMean(values: readonly number[], confidence = CONFIDENCE): SeedMean {
  requireConfidence(confidence);
  const finite = values.filter((value) => Number.isFinite(value));
  const seeds = finite.length;
  const diverged = values.length - seeds;
  const mean = finite.reduce((sum, value) => sum + value, 0) / seeds;
  if (seeds < 2) return { mean, interval: undefined, error: undefined, seeds, diverged };
  const squares = finite.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const error = Math.sqrt(squares / (seeds - 1) / seeds);
  const reach = error * studentQuantile((1 + confidence) / 2, seeds - 1);
  return { mean, interval: { low: mean - reach, high: mean + reach }, error, seeds, diverged };
}
