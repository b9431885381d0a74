import type { Matrix } from "@moongate/views";
import { addScaled, matrix, moments, standardised } from "./matrices.ts";
import { ridge } from "./solve.ts";

const PENALTY = 1;
const ITERATIONS = 25;
const TOLERANCE = 1e-8;
/** Newton's weights stay above this, so that a row that is certain does not stop the iteration. */
const LEAST_CURVATURE = 1e-4;

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** Standardised columns and an intercept. */
export function withIntercept(features: Matrix): Matrix {
  const { rows, cols, values } = standardised(features, moments(features));
  const out = matrix(rows, cols + 1);
  for (let row = 0; row < rows; row++) {
    out.values.set(values.subarray(row * cols, (row + 1) * cols), row * (cols + 1));
    out.values[row * (cols + 1) + cols] = 1;
  }
  return out;
}

/**
 * Logistic regression with an L2 penalty of 1 on every weight, by Newton's method (iteratively
 * reweighted least squares).
 *
 * @param features rows × cols.
 * @param targets in [0, 1], one a row.
 * @param weights of the rows.
 * @returns cols weights.
 */
export function fitLogistic(
  features: Matrix,
  targets: ArrayLike<number>,
  weights?: ArrayLike<number>,
): Float64Array {
  const { rows, cols } = features;
  let found: Float64Array = new Float64Array(cols);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const logits = logitsOf(features, found);
    const scaled = matrix(rows, cols);
    const working = matrix(rows, 1);
    for (let row = 0; row < rows; row++) {
      const p = sigmoid(logits[row] ?? 0);
      const curvature = Math.max(p * (1 - p), LEAST_CURVATURE);
      const root = Math.sqrt(curvature * (weights?.[row] ?? 1));
      addScaled(scaled.values, row * cols, root, features.values, row * cols, cols);
      working.values[row] = root * ((logits[row] ?? 0) + ((targets[row] ?? 0) - p) / curvature);
    }
    const turned = ridge(scaled, working, PENALTY).values;
    const off = turned.reduce(
      (most, value, j) => Math.max(most, Math.abs(value - (found[j] ?? 0))),
      0,
    );
    found = turned;
    if (off < TOLERANCE) break;
  }
  return found;
}

/** features · weights */
export function logitsOf({ rows, cols, values }: Matrix, weights: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += (values[row * cols + j] ?? 0) * (weights[j] ?? 0);
    return sum;
  });
}
