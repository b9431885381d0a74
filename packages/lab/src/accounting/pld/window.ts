import { at } from "@moongate/errors";
import type { LossDistribution, LossSketch } from "./loss.ts";

/** The interval that a sum of independent losses lies in, but for a tail on either side. */
export interface LossWindow {
  readonly low: number;
  readonly high: number;
}

/** Losses of which that many independent ones are summed. */
export interface Summand<T> {
  readonly loss: T;
  readonly times: number;
}

/** Mass on either side of a window, at most. */
export const TAIL = 1e-16;

/** A window from sketches, for planning, and the exponents with which Chernoff's bound gave it. */
export interface SketchedWindow extends LossWindow {
  readonly exponents: { readonly low: number; readonly high: number };
}

/** Searches Chernoff's exponent: P(sum ≥ s) ≤ E[exp(λ sum)] exp(−λ s). */
export function sketchWindow(summands: readonly Summand<LossSketch>[]): SketchedWindow {
  const [high, highExponent] = least((exponent) => chernoff(summands, exponent, pointsOfSketch));
  const [low, lowExponent] = least((exponent) => -chernoff(summands, -exponent, pointsOfSketch));
  return { low: -low, high, exponents: { low: -lowExponent, high: highExponent } };
}

/** The window of losses on a grid: proven by Chernoff's bound, whatever the exponents are. */
export function gridWindow(
  summands: readonly Summand<LossDistribution>[],
  exponents: SketchedWindow["exponents"],
): LossWindow {
  const bound = (exponent: number): number => chernoff(summands, exponent, pointsOfGrid);
  return {
    low: Math.max(bound(exponents.low), bound(exponents.low / 2)),
    high: Math.min(bound(exponents.high), bound(exponents.high / 2)),
  };
}

/** The s beyond which at most {@link TAIL} of the sum lies: above for λ > 0, below for λ < 0. */
function chernoff<T>(
  summands: readonly Summand<T>[],
  exponent: number,
  points: (loss: T) => Points,
): number {
  let log = 0;
  for (const { loss, times } of summands) log += times * logMoment(points(loss), exponent);
  return (log - Math.log(TAIL)) / exponent;
}

interface Points {
  readonly masses: Float64Array;
  readonly lossAt: (i: number) => number;
}

const pointsOfSketch = ({ losses, masses }: LossSketch): Points => ({
  masses,
  lossAt: (i) => at(losses, i),
});

const pointsOfGrid = ({ first, interval, masses }: LossDistribution): Points => ({
  masses,
  lossAt: (i) => (first + i) * interval,
});

/** log E[exp(λ loss)] over finite losses. */
function logMoment({ masses, lossAt }: Points, exponent: number): number {
  const end = masses.length - 1;
  const largest = Math.max(exponent * lossAt(0), exponent * lossAt(end));
  let sum = 0;
  for (let i = 0; i <= end; i++) {
    sum += at(masses, i) * Math.exp(exponent * lossAt(i) - largest);
  }
  return largest + Math.log(sum);
}

/** The least value over exponents, on a logarithmic grid and then finer around its best. */
function least(bound: (exponent: number) => number): [value: number, exponent: number] {
  let best: [number, number] = [Infinity, 1];
  const look = (exponent: number): void => {
    const value = bound(exponent);
    if (value < best[0]) best = [value, exponent];
  };
  for (let power = -12; power <= 20; power++) look(2 ** power);
  for (let around = best[1], eighth = -4; eighth <= 4; eighth++) look(around * 2 ** (eighth / 5));
  return best;
}
