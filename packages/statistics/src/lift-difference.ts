import type { Labels, Scores } from "./metrics/inputs.ts";
import { lift } from "./metrics/lift.ts";
import { MoongateError } from "@moongate/errors";
import { uniforms } from "./seeded.ts";
import { CONFIDENCE, type Interval, requireConfidence } from "./interval.ts";
import { quantile } from "./quantile.ts";

/** The lifts of two models on the same rows, and their difference. */
export interface LiftDifference {
  readonly first: number;
  readonly second: number;
  /** first − second. */
  readonly difference: number;
  readonly interval: Interval;
}

export interface LiftDifferenceOptions {
  /** Names the resamples: the same name on the same rows gives the same interval. */
  readonly seed: string;
  /** Share of the rows, the best-scored; a tenth by default. */
  readonly share?: number;
  readonly resamples?: number;
  readonly confidence?: number;
}

/**
 * Interval of the difference of two lifts on the same rows: the percentile bootstrap of rows (Efron
 * and Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13), paired, since each resample
 * has the scores of both models. Resamples without a positive are drawn again.
 * O(n) a resample, after one sort of each model's scores.
 *
 * @throws LABEL_ONE_CLASS (fewer than two rows of a class), and the errors of `lift`.
 */
export function liftDifference(
  first: Scores,
  second: Scores,
  labels: Labels,
  { seed, share = 0.1, resamples = 1000, confidence = CONFIDENCE }: LiftDifferenceOptions,
): LiftDifference {
  requireConfidence(confidence);
  const [firstLift, secondLift] = [lift(first, labels, share), lift(second, labels, share)];
  const rows = labels.length;
  const positives = Array.from(labels).filter((label) => label === 1).length;
  if (positives < 2 || rows - positives < 2) {
    const cause = `an interval needs two rows of each class, not ${positives} and ${rows - positives}`;
    throw new MoongateError("LABEL_ONE_CLASS", cause);
  }
  const ranked = [first, second].map((scores) => descending(scores));
  const take = Math.max(1, Math.round(share * rows));
  const next = uniforms(`lift difference ${seed}`);
  const times = new Uint32Array(rows);
  const differences = new Float64Array(resamples);
  for (let at = 0; at < resamples; ) {
    const drawn = resample(times, labels, next);
    if (drawn === 0) continue;
    const [one = 0, other = 0] = ranked.map((order) => found(order, times, labels, take));
    differences[at++] = ((one - other) / take) * (rows / drawn);
  }
  differences.sort();
  const tail = (1 - confidence) / 2;
  return {
    first: firstLift,
    second: secondLift,
    difference: firstLift - secondLift,
    interval: { low: quantile(differences, tail), high: quantile(differences, 1 - tail) },
  };
}

/** Rows from the best score down, and where each run of equal scores ends. */
interface Ranked {
  readonly order: Uint32Array;
  readonly ends: readonly number[];
}

function descending(scores: Scores): Ranked {
  const score = (row: number): number => scores[row] ?? NaN;
  const order = Uint32Array.from({ length: scores.length }, (_, row) => row);
  order.sort((a, b) => score(b) - score(a));
  const ends: number[] = [];
  order.forEach((row, at) => {
    const following = order[at + 1];
    if (following === undefined || score(following) !== score(row)) ends.push(at + 1);
  });
  return { order, ends };
}

/** Counts how often each row is drawn. @returns positives among the rows drawn. */
function resample(times: Uint32Array, labels: Labels, next: () => number): number {
  times.fill(0);
  let positives = 0;
  for (let draw = 0; draw < times.length; draw++) {
    const row = Math.floor(next() * times.length);
    times[row] = (times[row] ?? 0) + 1;
    positives += labels[row] ?? 0;
  }
  return positives;
}

/** Positives expected among the best `take` of the rows drawn, ties shared out evenly. */
function found({ order, ends }: Ranked, times: Uint32Array, labels: Labels, take: number): number {
  let [taken, positives, at] = [0, 0, 0];
  for (const end of ends) {
    let [size, hits] = [0, 0];
    for (; at < end; at++) {
      const row = order[at] ?? 0;
      const count = times[row] ?? 0;
      size += count;
      hits += count * (labels[row] ?? 0);
    }
    if (size === 0) continue;
    const part = Math.min(size, take - taken);
    positives += (hits * part) / size;
    taken += part;
    if (taken === take) break;
  }
  return positives;
}
