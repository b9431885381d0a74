import type { RealMatrix } from "@moongate/views";
import { addScaled, matrix, moments, standardised } from "./matrices.ts";
import { solvePositive } from "./solve.ts";

const PENALTY = 1;
const ITERATIONS = 50;
const TOLERANCE = 1e-8;
/** A loss that is larger by this part is no larger. */
const ROUNDING = 1e-12;
/** Newton's weights stay above this, so that a row that is certain does not stop the iteration. */
const LEAST_CURVATURE = 1e-4;

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** ln(1 + eˣ), without overflow. */
export const softplus = (value: number): number =>
  Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value)));

/** Standardised columns and an intercept. */
export function withIntercept(features: RealMatrix): RealMatrix {
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
 * reweighted least squares); a step that leads uphill is halved until it does not.
 *
 * @param features rows × cols.
 * @param targets in [0, 1], one a row.
 * @param weights of the rows.
 * @param start of the weights; near the end it saves iterations, and changes nothing else.
 * @returns cols weights.
 */
export function fitLogistic(
  features: RealMatrix,
  targets: ArrayLike<number>,
  weights?: ArrayLike<number>,
  start?: Float64Array,
): Float64Array {
  const { cols } = features;
  let found: Float64Array = start ?? new Float64Array(cols);
  let [before, least] = [found, Number.POSITIVE_INFINITY];
  const [normal, right] = [matrix(cols, cols), matrix(cols, 1)];
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const loss = normalEquations(
      features,
      { targets, weights, found },
      normal.values,
      right.values,
    );
    if (loss > least * (1 + ROUNDING)) {
      const last = before;
      found = found.map((value, j) => (value + (last[j] ?? 0)) / 2);
      continue;
    }
    [before, least] = [found, loss];
    const turned = solvePositive(normal, right).values;
    const off = turned.reduce(
      (most, value, j) => Math.max(most, Math.abs(value - (found[j] ?? 0))),
      0,
    );
    found = turned;
    if (off < TOLERANCE) break;
  }
  return found;
}

interface Iterate {
  readonly targets: ArrayLike<number>;
  readonly weights: ArrayLike<number> | undefined;
  readonly found: Float64Array;
}

/**
 * The equations of the next Newton step: the lower half of Xᵀ C X + penalty, and Xᵀ (C X found + y − p).
 * @returns the penalised loss.
 */
function normalEquations(
  { rows, cols, values }: RealMatrix,
  { targets, weights, found }: Iterate,
  normal: Float64Array,
  right: Float64Array,
): number {
  normal.fill(0);
  right.fill(0);
  let loss = 0;
  for (let i = 0; i < cols; i++) {
    normal[i * cols + i] = PENALTY;
    loss += (PENALTY / 2) * (found[i] ?? 0) ** 2;
  }
  for (let row = 0; row < rows; row++) {
    const at = row * cols;
    let logit = 0;
    for (let j = 0; j < cols; j++) logit += (values[at + j] ?? 0) * (found[j] ?? 0);
    const p = sigmoid(logit);
    const weight = weights?.[row] ?? 1;
    const curvature = Math.max(p * (1 - p), LEAST_CURVATURE) * weight;
    const target = targets[row] ?? 0;
    const pull = curvature * logit + weight * (target - p);
    loss += weight * (softplus(logit) - target * logit);
    for (let i = 0; i < cols; i++) {
      const value = values[at + i] ?? 0;
      right[i] = (right[i] ?? 0) + pull * value;
      addScaled(normal, i * cols, curvature * value, values, at, i + 1);
    }
  }
  return loss;
}

/** features · weights */
export function logitsOf({ rows, cols, values }: RealMatrix, weights: Float64Array): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let j = 0; j < cols; j++) sum += (values[row * cols + j] ?? 0) * (weights[j] ?? 0);
    return sum;
  });
}
