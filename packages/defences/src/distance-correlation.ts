import type { EmbeddingStep } from "./steps.ts";
import { requireMatrix } from "./matrix.ts";

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
  const { cols } = second;
  const e = Float64Array.from(second.values);
  const gradient = new Float64Array(rows * cols);
  const a = distances(Float64Array.from(first.values), first.cols, rows);
  const b = distances(e, cols, rows);
  const [centredA, centredB] = [centred(a, rows), centred(b, rows)];
  const [ofA, ofB, ofBoth] = [dot(centredA, a), dot(centredB, b), dot(centredA, b)];
  const norm = Math.sqrt(ofA * ofB);
  if (!(norm > 0)) return { squared: 0, gradient };

  const squared = ofBoth / norm;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      const pair = i * rows + j;
      const distance = b[pair] ?? 0;
      if (distance === 0) continue;
      // Each pair stands twice in the sums.
      const slope = (centredA[pair] ?? 0) / norm - (squared * (centredB[pair] ?? 0)) / ofB;
      const scale = (2 * slope) / distance;
      for (let col = 0; col < cols; col++) {
        const [one, other] = [i * cols + col, j * cols + col];
        const change = scale * ((e[one] ?? 0) - (e[other] ?? 0));
        gradient[one] = (gradient[one] ?? 0) + change;
        gradient[other] = (gradient[other] ?? 0) - change;
      }
    }
  }
  return { squared, gradient };
}

// The loops over pairs of rows read arrays of one type in place: a shared checked reader is several
// times slower, and this is most of a step's time.

/** rows × rows. */
function distances(values: Float64Array, cols: number, rows: number): Float64Array {
  const between = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let col = 0; col < cols; col++) {
        const difference = (values[i * cols + col] ?? 0) - (values[j * cols + col] ?? 0);
        sum += difference * difference;
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
  return values.map((value, index) => {
    const row = Math.floor(index / rows);
    return value - (means[row] ?? 0) - (means[index - row * rows] ?? 0) + mean;
  });
}

function dot(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i++) sum += (one[i] ?? 0) * (other[i] ?? 0);
  return sum;
}
