import type { RealMatrix } from "@moongate/views";
import { matrix, multiply, multiplyTransposed, transposed } from "./matrices.ts";

/** Singular values below this part of the largest count as zero. */
const RANK_TOLERANCE = 1e-7;
const SWEEPS = 30;

/**
 * Ridge regression: the X (cols × k) with the least |a X − b|² + ridge |X|², by Cholesky's
 * factorisation of the normal equations. The ridge must be positive.
 */
export function ridge(a: RealMatrix, b: RealMatrix, strength: number): RealMatrix {
  const normal = multiplyTransposed(a, a);
  for (let i = 0; i < a.cols; i++) {
    normal.values[i * a.cols + i] = (normal.values[i * a.cols + i] ?? 0) + strength;
  }
  return solvePositive(normal, multiplyTransposed(a, b));
}

/** The X with a X = b, for a symmetric and positive definite; only a's lower half is looked at. */
export function solvePositive(a: RealMatrix, b: RealMatrix): RealMatrix {
  const n = a.rows;
  const lower = Float64Array.from(a.values);
  const at = (i: number, j: number): number => lower[i * n + j] ?? 0;
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = at(i, j);
      for (let l = 0; l < j; l++) sum -= at(i, l) * at(j, l);
      lower[i * n + j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / at(j, j);
    }
  }
  const x = matrix(n, b.cols, b.values);
  const { values } = x;
  for (let c = 0; c < b.cols; c++) {
    for (let i = 0; i < n; i++) {
      let sum = values[i * b.cols + c] ?? 0;
      for (let l = 0; l < i; l++) sum -= at(i, l) * (values[l * b.cols + c] ?? 0);
      values[i * b.cols + c] = sum / at(i, i);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = values[i * b.cols + c] ?? 0;
      for (let l = i + 1; l < n; l++) sum -= at(l, i) * (values[l * b.cols + c] ?? 0);
      values[i * b.cols + c] = sum / at(i, i);
    }
  }
  return x;
}

/**
 * The Moore–Penrose pseudo-inverse (cols × rows), by one-sided Jacobi rotations (Hestenes 1958):
 * they act on the matrix itself, so small singular values keep their precision.
 * @param rank at most so many singular values are used; default: all above the tolerance.
 */
export function pseudoInverse(a: RealMatrix, rank = Math.min(a.rows, a.cols)): RealMatrix {
  if (a.rows < a.cols) return transposed(pseudoInverse(transposed(a), rank));
  // Columns of u become singular vectors times singular values: a = u vᵀ.
  const u = transposed(a);
  const v = matrix(a.cols, a.cols);
  for (let i = 0; i < a.cols; i++) v.values[i * a.cols + i] = 1;
  for (let sweep = 0; sweep < SWEEPS; sweep++) if (!rotateAll(u, v)) break;

  const squares = Array.from({ length: a.cols }, (_, i) => dot(u, i, i));
  const order = squares.map((_, i) => i).sort((i, j) => (squares[j] ?? 0) - (squares[i] ?? 0));
  const largest = squares[order[0] ?? 0] ?? 0;
  const scaled = matrix(a.cols, a.rows);
  for (const i of order.slice(0, rank)) {
    const square = squares[i] ?? 0;
    if (!(square > largest * RANK_TOLERANCE ** 2)) continue;
    for (let j = 0; j < a.rows; j++) {
      scaled.values[i * a.rows + j] = (u.values[i * a.rows + j] ?? 0) / square;
    }
  }
  return multiplyTransposed(v, scaled);
}

/** The shortest X with the least |a X − b|. */
export const minimumNorm = (a: RealMatrix, b: RealMatrix, rank?: number): RealMatrix =>
  multiply(pseudoInverse(a, rank), b);

/** The left singular vectors of the largest singular values, rows × rank at most, as columns. */
export function leftSingular(a: RealMatrix, rank: number): RealMatrix {
  const u = transposed(a);
  const v = matrix(a.cols, 0);
  for (let sweep = 0; sweep < SWEEPS; sweep++) if (!rotateAll(u, v)) break;
  const squares = Array.from({ length: a.cols }, (_, i) => dot(u, i, i));
  const order = squares.map((_, i) => i).sort((i, j) => (squares[j] ?? 0) - (squares[i] ?? 0));
  const largest = squares[order[0] ?? 0] ?? 0;
  const kept = order
    .slice(0, rank)
    .filter((i) => (squares[i] ?? 0) > largest * RANK_TOLERANCE ** 2);
  const out = matrix(a.rows, kept.length);
  kept.forEach((i, column) => {
    const length = Math.sqrt(squares[i] ?? 1);
    for (let row = 0; row < a.rows; row++) {
      out.values[row * kept.length + column] = (u.values[i * a.rows + row] ?? 0) / length;
    }
  });
  return out;
}

/** One sweep over all pairs of rows of u (columns of the matrix); false when all are orthogonal. */
function rotateAll(u: RealMatrix, v: RealMatrix): boolean {
  let rotated = false;
  for (let i = 0; i < u.rows - 1; i++) {
    for (let j = i + 1; j < u.rows; j++) {
      const [alpha, beta, gamma] = [dot(u, i, i), dot(u, j, j), dot(u, i, j)];
      if (Math.abs(gamma) <= 1e-13 * Math.sqrt(alpha * beta)) continue;
      rotated = true;
      const zeta = (beta - alpha) / (2 * gamma);
      const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
      const cosine = 1 / Math.sqrt(1 + tangent * tangent);
      rotate(u, i, j, cosine, cosine * tangent);
      rotate(v, i, j, cosine, cosine * tangent);
    }
  }
  return rotated;
}

function dot({ cols, values }: RealMatrix, i: number, j: number): number {
  let sum = 0;
  for (let c = 0; c < cols; c++) sum += (values[i * cols + c] ?? 0) * (values[j * cols + c] ?? 0);
  return sum;
}

function rotate(
  { cols, values }: RealMatrix,
  i: number,
  j: number,
  cos: number,
  sin: number,
): void {
  for (let c = 0; c < cols; c++) {
    const [x, y] = [values[i * cols + c] ?? 0, values[j * cols + c] ?? 0];
    values[i * cols + c] = cos * x - sin * y;
    values[j * cols + c] = sin * x + cos * y;
  }
}
