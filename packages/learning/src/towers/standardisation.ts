import { at } from "@moongate/errors";

/** Column by column: (value − mean) · scale. */
export interface Standardisation {
  readonly mean: Float64Array;
  /** 0 for a column that does not vary. */
  readonly scale: Float64Array;
}

/** Embeddings end here: what enters the masked protocol must have a bound. */
export const EMBEDDING_BOUND = 5;

/** Deviations below this are noise of single precision. */
const SMALLEST_DEVIATION = 1e-4;

/** Fits mean 0 and deviation 1 to row-major values. */
export function fitStandardisation(values: Float64Array, width: number): Standardisation {
  const rows = values.length / width;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  values.forEach((value, index) => (mean[index % width] = at(mean, index % width) + value / rows));
  values.forEach((value, index) => {
    const col = index % width;
    variance[col] = at(variance, col) + (value - at(mean, col)) ** 2 / rows;
  });
  const scale = variance.map((one) => {
    const deviation = Math.sqrt(one);
    return deviation < SMALLEST_DEVIATION ? 0 : 1 / deviation;
  });
  return { mean, scale };
}

/** Standardised values, cut off at ±{@link EMBEDDING_BOUND}. */
export function standardise(
  values: Float64Array,
  { standardisation: { mean, scale } }: { readonly standardisation: Standardisation },
): Float64Array {
  return values.map((value, index) => {
    const col = index % mean.length;
    const moved = (value - at(mean, col)) * at(scale, col);
    return Math.max(-EMBEDDING_BOUND, Math.min(EMBEDDING_BOUND, moved));
  });
}
