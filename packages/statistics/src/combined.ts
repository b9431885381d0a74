import { MoongateError } from "@moongate/errors";
import { CONFIDENCE, type Interval, requireConfidence } from "./interval.ts";
import { seedMean } from "./mean.ts";
import { studentQuantile, studentTails } from "./student.ts";

/** What one run measured, and how far chance within the run may have moved it. */
export interface Measured {
  readonly mean: number;
  /** Standard error of the mean, from the rows of that run. */
  readonly error: number;
  /** Degrees of freedom of the error. */
  readonly freedom: number;
}

/** Runs of several seeds together: each error with the degrees of freedom it is known by. */
export interface Combined {
  /** The plain mean: every seed counts alike. */
  readonly mean: number;
  readonly seeds: number;
  /** The error from the runs' own errors: all there is if seeds differ by chance within runs alone. */
  readonly within: ErrorOfMean;
  /** The error from the spread of the seeds; a single one has none. */
  readonly between?: ErrorOfMean;
}

interface ErrorOfMean {
  readonly error: number;
  readonly freedom: number;
}

/**
 * The mean over seeds with both of its standard errors.
 *
 * 1. Within: √Σeᵢ² / k, with Satterthwaite's degrees of freedom (Biometrics Bulletin 1946),
 *    (Σeᵢ²)² / Σ(eᵢ⁴ / fᵢ).
 * 2. Between: the deviation of the means over √k, with k − 1.
 *
 * @throws INTERNAL if there is none.
 */
export function combine(runs: readonly Measured[]): Combined {
  const seeds = runs.length;
  if (seeds === 0) throw new MoongateError("INTERNAL", "there is no run to combine");
  const squares = runs.reduce((sum, { error }) => sum + error ** 2, 0);
  const fourths = runs.reduce((sum, { error, freedom }) => sum + error ** 4 / freedom, 0);
  const freedoms = runs.reduce((sum, { freedom }) => sum + freedom, 0);
  const within = {
    error: Math.sqrt(squares) / seeds,
    freedom: fourths > 0 ? squares ** 2 / fourths : freedoms,
  };
  const { mean, error } = seedMean(runs.map((run) => run.mean));
  return {
    ...{ mean, seeds, within },
    ...(error === undefined ? {} : { between: { error, freedom: seeds - 1 } }),
  };
}

/**
 * An interval of the mean that holds whichever error is the true one: the wider of Student's by the
 * runs' own errors and Student's over seeds. Where seeds differ by no more than chance within runs,
 * the first is right, and few seeds make the second wide for no reason but its ignorance; where they
 * differ by more, the second is right.
 */
export function intervalOf(combined: Combined, confidence = CONFIDENCE): Interval {
  requireConfidence(confidence);
  const reach = Math.max(
    ...errorsOf(combined).map(
      ({ error, freedom }) => error && error * studentQuantile((1 + confidence) / 2, freedom),
    ),
  );
  return { low: combined.mean - reach, high: combined.mean + reach };
}

/**
 * Two-sided test that *every* seed's true value is that one. Then seeds differ by chance within runs
 * alone, so that five seeds need not be judged by four degrees of freedom. The larger of the two
 * errors is taken all the same, in case the runs' own say too little.
 */
export function pOfNone(combined: Combined, value: number): number {
  const { mean, within, between } = combined;
  const error = Math.max(within.error, between?.error ?? 0);
  return tails(mean - value, error, within.freedom);
}

function errorsOf({ within, between }: Combined): ErrorOfMean[] {
  return between === undefined ? [within] : [within, between];
}

function tails(distance: number, error: number, freedom: number): number {
  if (distance === 0) return 1;
  return error === 0 ? 0 : studentTails(distance / error, freedom);
}
