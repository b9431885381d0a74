import { at } from "@moongate/errors";
import type { RealMatrix, View } from "@moongate/views";
import { normals, type Uniform, uniforms } from "@moongate/statistics";
import type { Step } from "../steps.ts";
import { labelAttack, receivedTensors } from "./run.ts";

const ITERATIONS = 100;
const TOLERANCE = 1e-10;

/** Each column minus its mean. */
export function centred({ rows, cols, values }: RealMatrix): RealMatrix {
  const mean = new Float64Array(cols);
  values.forEach((value, i) => {
    mean[i % cols] = at(mean, i % cols) + value / rows;
  });
  return { rows, cols, values: values.map((value, i) => value - at(mean, i % cols)) };
}

/**
 * The projection of each row on the top right singular vector, up to sign, by power iteration on
 * XᵀX from a random start. Zero if the matrix is.
 */
export function topProjection({ rows, cols, values }: RealMatrix, next: Uniform): Float64Array {
  let vector = unit(normals(next, cols));
  let projection = new Float64Array(rows);
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const product = new Float64Array(cols);
    projection = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      let sum = 0;
      for (let j = 0; j < cols; j++) sum += at(values, row * cols + j) * at(vector, j);
      projection[row] = sum;
      for (let j = 0; j < cols; j++) {
        product[j] = at(product, j) + sum * at(values, row * cols + j);
      }
    }
    const turned = unit(product);
    const off = turned.reduce(
      (most, value, j) => Math.max(most, Math.abs(value - at(vector, j))),
      0,
    );
    if (off < TOLERANCE) break;
    vector = turned;
  }
  return projection;
}

/**
 * Turned so that the long tail is on the positive side, where the rarer class lies: its third
 * moment is positive.
 */
export function skewedUpwards(projection: Float64Array): Float64Array {
  const cubes = projection.reduce((sum, value) => sum + value ** 3, 0);
  return cubes < 0 ? projection.map((value) => -value) : projection;
}

function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? vector.map((value) => value / length) : vector;
}

/** What came, and media's own embeddings, which carry labels once the bottom model has learned. */
const tensors = (_view: View, steps: readonly Step[]): readonly string[] => [
  ...receivedTensors(steps),
  ...(steps[0]?.tensors.has("own/embedding") === true ? ["own/embedding"] : []),
];

/**
 * The spectral attack: a batch of gradients or embeddings is centred and projected on its top right
 * singular vector, along which the classes lie apart. The vector has no sign. The paper reports
 * max(AUC, 1 − AUC), which lies above one half by chance alone; here the adversary takes the sign
 * from a fact that it knows, that the rarer class is the tail of the projection.
 */
export const spectral = labelAttack(
  {
    name: "spectral",
    title: "Projection on the top singular vector of a batch",
    adversary: "media",
    target: "labels",
    knows: "whether positives are rarer than negatives",
    paper:
      "Sun et al., Label Leakage and Protection from Forward Embedding in Vertical Federated Learning, arXiv 2203.01451",
  },
  {
    facts: "none",
    known: 0,
    tensors,
    scorer: ({ target, tensor, seed }) => {
      const next = uniforms(`spectral ${seed} ${tensor}`);
      const sign = target.share <= 0.5 ? 1 : -1;
      return (_step, matrix) =>
        skewedUpwards(topProjection(centred(matrix), next)).map((value) => sign * value);
    },
    otherwise: "nothing came for single rows of a batch",
  },
);
