import type { EmbeddingStep } from "./defence.ts";
import { at, requireMatrix } from "./matrix.ts";

/** Most rows whose distances are taken at a time: time and memory grow with their square. */
const STRETCH = 512;

/** Rows of a matrix, row-major. */
export interface RowMatrix {
  readonly values: Float32Array | Float64Array;
  readonly cols: number;
}

/**
 * NoPeek (Vepakomma et al., ICDM Workshops 2020, arXiv 2008.09161): to the batch's mean loss is
 * added weight · dCor²(features, embeddings), which teaches media's bottom model to lay rows out
 * otherwise than its columns do. On the scale of a sum over rows its gradient is |rows| · weight ·
 * ∂dCor²/∂E. A batch of more than 512 rows is cut into equal stretches and their mean is taken.
 * An empirical penalty without a guarantee, paid for by media alone.
 */
export function distanceCorrelationPenalty(weight: number): EmbeddingStep {
  return {
    penalty(features, embedding, { rows, cols, cut }) {
      requireMatrix("features", features, rows, cols);
      requireMatrix("an embedding", embedding, rows, cut);
      const gradient = new Float32Array(rows * cut);
      const stretches = Math.ceil(rows / STRETCH);
      for (let i = 0; i < stretches; i++) {
        const from = Math.floor((i * rows) / stretches);
        const to = Math.floor(((i + 1) * rows) / stretches);
        const part = distanceCorrelation(
          { values: features.subarray(from * cols, to * cols), cols },
          { values: embedding.subarray(from * cut, to * cut), cols: cut },
          to - from,
        ).gradient;
        const scale = (weight * rows) / stretches;
        gradient.set(
          part.map((value) => scale * value),
          from * cut,
        );
      }
      return gradient;
    },
  };
}

/**
 * Squared distance correlation (Székely, Rizzo and Bakirov 2007), the biased V-statistic, and its
 * gradient by the second matrix.
 *
 * 1. a and b are the Euclidean distances of each pair of rows; A and B the same, centred on both
 *    sides.
 * 2. dCor² = ⟨A, b⟩/sqrt(⟨A, a⟩⟨B, b⟩), since centring is a projection.
 * 3. ∂dCor²/∂b = A/sqrt(⟨A, a⟩⟨B, b⟩) − dCor² B/⟨B, b⟩, and ∂b_ij/∂e_i = (e_i − e_j)/b_ij; of rows
 *    that coincide, 0.
 *
 * 0, with gradient 0, when one side's rows all coincide.
 *
 * @returns the gradient row-major, as long as the second matrix.
 */
export function distanceCorrelation(
  first: RowMatrix,
  second: RowMatrix,
  rows: number,
): { readonly squared: number; readonly gradient: Float64Array } {
  const { cols, values } = second;
  const gradient = new Float64Array(rows * cols);
  const [a, b] = [distances(first, rows), distances(second, rows)];
  const [centredA, centredB] = [centred(a, rows), centred(b, rows)];
  const [ofA, ofB, ofBoth] = [dot(centredA, a), dot(centredB, b), dot(centredA, b)];
  const norm = Math.sqrt(ofA * ofB);
  if (!(norm > 0)) return { squared: 0, gradient };

  const squared = ofBoth / norm;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const pair = i * rows + j;
      const distance = at(b, pair);
      if (distance === 0) continue;
      // Each pair stands twice in the sums.
      const slope =
        (2 * (at(centredA, pair) / norm - (squared * at(centredB, pair)) / ofB)) / distance;
      for (let col = 0; col < cols; col++) {
        const [one, other] = [i * cols + col, j * cols + col];
        const change = slope * (at(values, one) - at(values, other));
        gradient[one] = at(gradient, one) + change;
        gradient[other] = at(gradient, other) - change;
      }
    }
  }
  return { squared, gradient };
}

/** rows × rows. */
function distances({ values, cols }: RowMatrix, rows: number): Float64Array {
  const between = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let col = 0; col < cols; col++) {
        sum += (at(values, i * cols + col) - at(values, j * cols + col)) ** 2;
      }
      between[i * rows + j] = between[j * rows + i] = Math.sqrt(sum);
    }
  }
  return between;
}

/** A symmetric matrix without its row means and column means. */
function centred(values: Float64Array, rows: number): Float64Array {
  const means = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    means[i] = values.subarray(i * rows, (i + 1) * rows).reduce((sum, x) => sum + x, 0) / rows;
  }
  const mean = means.reduce((sum, x) => sum + x, 0) / rows;
  return values.map(
    (value, index) => value - at(means, Math.floor(index / rows)) - at(means, index % rows) + mean,
  );
}

const dot = (one: Float64Array, other: Float64Array): number =>
  one.reduce((sum, value, index) => sum + value * at(other, index), 0);
