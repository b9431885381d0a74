import { shareOfWay } from "./interpolate.ts";

/**
 * Quantile ranks: a number's place among the training values, as a monotone piecewise-linear map.
 * It is part of a model, so it is kept small: knots are left out where the line between their
 * neighbours stays within RANK_STEP of them.
 */

/** Largest error of a left-out value, in ranks from 0 to 1; far below what 12 fractional bits see. */
const RANK_STEP = 1 / 2048;

/** Strictly increasing training values and their ranks in [-1, 1], strictly increasing too. */
export interface RankMap {
  readonly values: readonly number[];
  readonly ranks: readonly number[];
}

/**
 * Fits the map on ascending values; without any, every rank is 0. The rank of a value is 2q - 1, where q is the
 * share of training values below it plus half the share equal to it, so training ranks have mean 0.
 */
export function fitRanks(sorted: Float64Array): RankMap {
  if (sorted.length === 0) return { values: [0], ranks: [0] };
  const distinct: number[] = [];
  const mids: number[] = [];
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const value = sorted[start] ?? 0;
    while (end < sorted.length && sorted[end] === value) end++;
    distinct.push(value + 0); // +0 for -0: JSON cannot tell them apart
    mids.push((start + end) / 2 / sorted.length);
  }
  const kept = thin(mids);
  return {
    values: kept.map((knot) => distinct[knot] ?? 0),
    ranks: kept.map((knot) => 2 * (mids[knot] ?? 0) - 1),
  };
}

/**
 * The knots to keep: between two kept ones lies either no other or less than one step. A jump
 * (many equal values) therefore keeps both of its ends.
 */
function thin(mids: readonly number[]): number[] {
  const kept = [0];
  let last = 0;
  for (let knot = 1; knot < mids.length; knot++) {
    const end = knot === mids.length - 1;
    if ((mids[knot] ?? 0) - (mids[last] ?? 0) <= RANK_STEP && !end) continue;
    if (knot - 1 !== last) kept.push(knot - 1);
    kept.push(knot);
    last = knot;
  }
  return kept;
}

/** The rank of `value` in [-1, 1]: linear between knots, the end knots' ranks beyond them. */
export function rankOf(
  map: Readonly<Record<keyof RankMap, ArrayLike<number>>>,
  value: number,
): number {
  const { values, ranks } = map;
  let low = 0;
  let high = values.length - 1;
  if (value <= (values[low] ?? 0)) return ranks[low] ?? 0;
  if (value >= (values[high] ?? 0)) return ranks[high] ?? 0;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((values[middle] ?? 0) <= value) low = middle;
    else high = middle;
  }
  const share = shareOfWay(values[low] ?? 0, values[high] ?? 0, value);
  const [from, to] = [ranks[low] ?? 0, ranks[high] ?? 0];
  return from + (to - from) * share;
}
