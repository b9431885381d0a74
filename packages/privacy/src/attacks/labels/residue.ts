import { type Matrix, matrixOf, named, type View } from "@moongate/views";
import { addScaled, matrix } from "../numeric/matrices.ts";
import type { Step } from "../steps.ts";
import { labelAttack, MOST_STEPS } from "./run.ts";
import { lastEpoch } from "../steps.ts";

/** Names of tensors with Xᵀr / n of a step: own columns × labels. */
export const AGGREGATE = "aggregate/";
const MOST_ITERATIONS = 300;
/** Of the first residual, squared. */
const ENOUGH = 1e-20;

/** Aggregates of one label that were revealed, each with the rows it was taken over. */
export interface Equations {
  /** All training rows × own columns. */
  readonly features: Matrix;
  readonly batches: readonly {
    readonly positions: Uint32Array;
    /** Xᵀr / n: one number a column. */
    readonly aggregate: Float64Array;
  }[];
}

/**
 * The shortest residuals r, one a training row, that have those aggregates: conjugate gradients on
 * the normal equations from zero (CGLS, Hestenes and Stiefel 1952), whose limit is the minimum-norm
 * solution; nothing larger than the table is held.
 */
export function minimumNormResiduals(equations: Equations): Float64Array {
  const { batches, features } = equations;
  const found = new Float64Array(features.rows);
  let residual = Float64Array.from(batches.flatMap(({ aggregate }) => [...aggregate]));
  let gradient = spreadBack(equations, residual);
  let towards = gradient.slice();
  let square = squares(gradient);
  const stop = square * ENOUGH;
  for (let iteration = 0; iteration < MOST_ITERATIONS && square > stop; iteration++) {
    const image = aggregates(equations, towards);
    const step = square / squares(image);
    addScaled(found, 0, step, towards, 0, found.length);
    residual = residual.map((value, i) => value - step * (image[i] ?? 0));
    gradient = spreadBack(equations, residual);
    const next = squares(gradient);
    const beta = next / square;
    towards = gradient.map((value, i) => value + beta * (towards[i] ?? 0));
    square = next;
  }
  return found;
}

const squares = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value * value, 0);

function aggregates({ features, batches }: Equations, residuals: Float64Array): Float64Array {
  const { cols, values } = features;
  const out = new Float64Array(batches.length * cols);
  batches.forEach(({ positions }, batch) => {
    for (const row of positions) {
      const factor = (residuals[row] ?? 0) / positions.length;
      addScaled(out, batch * cols, factor, values, row * cols, cols);
    }
  });
  return out;
}

/** The transpose of `aggregates`. */
function spreadBack({ features, batches }: Equations, numbers: Float64Array): Float64Array {
  const { rows, cols, values } = features;
  const out = new Float64Array(rows);
  batches.forEach(({ positions }, batch) => {
    for (const row of positions) {
      let sum = 0;
      for (let j = 0; j < cols; j++) {
        sum += (values[row * cols + j] ?? 0) * (numbers[batch * cols + j] ?? 0);
      }
      out[row] = (out[row] ?? 0) + sum / positions.length;
    }
  });
  return out;
}

const tensors = (view: View, steps: readonly Step[]): readonly string[] => {
  const [own] = named(view, "own/features");
  return [...(steps[0]?.tensors.values() ?? [])]
    .filter(({ name, source }) => name.startsWith(AGGREGATE) && source !== "own")
    .filter(({ rows }) => rows === own?.cols)
    .map(({ name }) => name);
};

/**
 * The residue attack: where a protocol reveals Xᵀr / n of each batch, with r = p − y, media knows X
 * and the batches, stacks the equations of overlapping batches and solves for r, as if it stayed the
 * same: over the last steps of a training it nearly does. The score is −r. At most the last 200 steps
 * are stacked; rows are scored once, in the last epoch's batches. Neither protocol of Moongate
 * reveals such sums; a view that has them names them `aggregate/…`, own columns × labels.
 */
export const residue = labelAttack(
  {
    name: "residue",
    title: "Residuals from revealed sums over batches",
    adversary: "media",
    target: "labels",
    knows: "its own columns and which rows each batch had",
    paper:
      "Tan et al., Residue-based Label Protection Mechanisms in Vertical Logistic Regression, arXiv 2205.04166",
  },
  {
    facts: "none",
    known: 0,
    whole: true,
    tensors,
    scored: lastEpoch,
    scorer: ({ view, steps, target, matrixAt }) => {
      const [own] = named(view, "own/features");
      if (own === undefined) return undefined;
      const { rows, cols, values } = matrixOf(view, own);
      const train = Math.min(rows, view.header.rows.train);
      const features = matrix(train, cols, values.subarray(0, train * cols));
      const batches = steps.slice(-MOST_STEPS).flatMap((step) => {
        const sums = matrixAt(step);
        if (sums === undefined || target.index >= sums.cols) return [];
        const ofLabel = (_: unknown, j: number): number =>
          sums.values[j * sums.cols + target.index] ?? 0;
        const aggregate = Float64Array.from({ length: cols }, ofLabel);
        return [{ positions: step.positions, aggregate }];
      });
      const found = minimumNormResiduals({ features, batches });
      return ({ positions }) => Float64Array.from(positions, (row) => -(found[row] ?? 0));
    },
    otherwise: "nothing summed over a batch was revealed",
  },
);
