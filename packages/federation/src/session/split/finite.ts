/** Beyond this, numbers of a training in floating point say that it ran away, and nothing else. */
const LARGEST = 2 ** 20;

/**
 * The values, changed in place: cut at ±2^20, and 0 where there is no number. A training that runs
 * away thus goes on to its end, with numbers that mean nothing. Its ending would tell the other
 * party, which chooses rows and sends half of what is computed, how they went together.
 */
export function finite<Values extends Float32Array | Float64Array>(values: Values): Values {
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    values[index] = Number.isNaN(value) ? 0 : Math.max(-LARGEST, Math.min(LARGEST, value));
  }
  return values;
}
