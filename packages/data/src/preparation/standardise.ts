/** Standardised values are kept within this many deviations of the mean. */
export const STANDARD_LIMIT = 4;

/** value / scale has this mean and this standard deviation in training. */
export interface StandardMap {
  /** The largest magnitude in training: dividing by it first keeps squares from overflowing. */
  readonly scale: number;
  readonly mean: number;
  readonly deviation: number;
}

/** Fits mean and (population) standard deviation. Values that are all equal get a deviation of 1. */
export function fitStandard(values: Float64Array): StandardMap {
  let scale = 0;
  for (const value of values) scale = Math.max(scale, Math.abs(value));
  if (values.every((value) => value === values[0]))
    return { scale: scale || 1, mean: 0, deviation: 1 };
  let sum = 0;
  for (const value of values) sum += value / scale;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value / scale - mean) ** 2;
  return { scale, mean, deviation: Math.sqrt(squares / values.length) };
}

/**
 * sign(z) log(1 + |z|) / 2 of the standard score z: tails are told apart without going far out, and
 * the column weighs no more in a row's norm than a bin does, so that rates of learning hold.
 */
export function signedLog({ scale, mean, deviation }: StandardMap, value: number): number {
  const score = (value / scale - mean) / deviation;
  return (Math.sign(score) * Math.min(STANDARD_LIMIT, Math.log1p(Math.abs(score)))) / 2;
}

/** The standard score of `value`, clipped to the limit. */
export function standardScore({ scale, mean, deviation }: StandardMap, value: number): number {
  const score = (value / scale - mean) / deviation;
  return Math.min(STANDARD_LIMIT, Math.max(-STANDARD_LIMIT, score));
}
