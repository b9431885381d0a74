import { MoongateError } from "@moongate/errors";

/** One side's features, told a stretch of rows at a time, so that they need never be in memory whole. */
export interface FeatureRows {
  /** Row-major values of the rows from (inclusive) to (exclusive). */
  rows(from: number, to: number): Float64Array;
}

/** One side's features: on demand, or all at once (row-major) where the table is small. */
export type Features = FeatureRows | Float64Array;

interface Shape {
  readonly rows: number;
  readonly width: number;
  /** The side, for refusals. */
  readonly whose: string;
}

/**
 * Features on demand, whatever they came as; each stretch is checked to have the declared shape.
 * @throws SHAPE_MISMATCH at once for an array of another length, later for such a stretch.
 */
export function featureRows(features: Features | undefined, shape: Shape): FeatureRows {
  const { rows, width, whose } = shape;
  const checked = (values: Float64Array, count: number): Float64Array => {
    if (values.length === count * width) return values;
    const cause = `${whose} has ${values.length} feature values for ${count} rows of ${width}`;
    throw new MoongateError("SHAPE_MISMATCH", cause);
  };
  if (features !== undefined && !(features instanceof Float64Array)) {
    return { rows: (from, to) => checked(features.rows(from, to), to - from) };
  }
  const all = checked(features ?? new Float64Array(), rows);
  return { rows: (from, to) => all.subarray(from * width, to * width) };
}

/** The features with a last column of ones: the intercept. @throws as featureRows */
export function withOnes(features: Features, shape: Shape): FeatureRows {
  const { width } = shape;
  const source = featureRows(features, shape);
  return {
    rows: (from, to) => {
      const values = source.rows(from, to);
      const wider = new Float64Array((to - from) * (width + 1)).fill(1);
      for (let row = 0; row < to - from; row++) {
        wider.set(values.subarray(row * width, (row + 1) * width), row * (width + 1));
      }
      return wider;
    },
  };
}
