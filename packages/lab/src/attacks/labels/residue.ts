import { at } from "@moongate/errors";
import { type RealMatrix, matrixOf, named, type View } from "@moongate/views";
import { openingOf } from "../masks/masking.ts";
import { addScaled, matrix } from "../numeric/matrices.ts";
import { lastEpoch, type Step } from "../steps.ts";
import { labelAttack, MOST_STEPS } from "./run.ts";
import { skewedUpwards } from "./spectral.ts";

/** Names of tensors with Xᵀr / n of a step: own columns × labels. */
export const AGGREGATE = "aggregate/";
const MOST_ITERATIONS = 300;
/** The iterations for sums over a hidden layer: its residuals change at every step anyway. */
const ITERATIONS_OF_A_LAYER = 60;
/** The part of the first residual, squared, at which a solution is good enough. */
const ENOUGH = 1e-20;

/** Aggregates of one label that were revealed, each with the rows it was taken over. */
export interface Equations {
  /** All training rows × own columns. */
  readonly features: RealMatrix;
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
export function minimumNormResiduals(equations: Equations, most = MOST_ITERATIONS): Float64Array {
  const { batches, features } = equations;
  const found = new Float64Array(features.rows);
  let residual = Float64Array.from(batches.flatMap(({ aggregate }) => [...aggregate]));
  let gradient = spreadBack(equations, residual);
  let towards = gradient.slice();
  let square = squares(gradient);
  const stop = square * ENOUGH;
  for (let iteration = 0; iteration < most && square > stop; iteration++) {
    const image = aggregates(equations, towards);
    const step = square / squares(image);
    addScaled(found, 0, step, towards, 0, found.length);
    residual = residual.map((value, i) => value - step * at(image, i));
    gradient = spreadBack(equations, residual);
    const next = squares(gradient);
    const beta = next / square;
    towards = gradient.map((value, i) => value + beta * at(towards, i));
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
      const factor = at(residuals, row) / positions.length;
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
        sum += at(values, row * cols + j) * at(numbers, batch * cols + j);
      }
      out[row] = at(out, row) + sum / positions.length;
    }
  });
  return out;
}

/** Truncation opens x + 2^62 under its mask. */
const TRUNCATION_OFFSET = 2 ** 62;

/**
 * Sums over a batch that a view may have: what is named an aggregate; and of a masked training what
 * was opened to truncate the gradient of the first layer, Xᵀδ for all columns of both sides, the
 * last tensor of that shape in a step. Under its mask it is noise. (Batches of more than a thousand rows
 * are opened as several sums, which are left alone.)
 */
const tensors = (view: View, steps: readonly Step[]): readonly string[] => {
  const { plan, width } = view.header;
  const all = [...(steps[0]?.tensors.values() ?? [])];
  const revealed = all.filter(
    ({ name, source, rows }) =>
      name.startsWith(AGGREGATE) && source !== "own" && rows === ownColumns(view),
  );
  const gradients = all.filter(
    ({ name, rows }) =>
      plan.model.kind === "sine" &&
      openingOf(name)?.path === "truncate/value" &&
      rows === width.media + width.commerce + INTERCEPT,
  );
  const whole = gradients.length === TRUNCATED_AT_THAT_SHAPE ? gradients.slice(-1) : [];
  return [...revealed, ...whole].map(({ name }) => name);
};

/** The shrunk velocity, then the gradient. */
const TRUNCATED_AT_THAT_SHAPE = 2;

/** Commerce's table has one column more, of ones. */
const INTERCEPT = 1;

const ownColumns = (view: View): number | undefined => named(view, "own/features")[0]?.cols;

/** Xᵀr of a step for own columns: own columns × labels, or × hidden units. */
function ownSums(sums: RealMatrix, tensor: string, cols: number): RealMatrix {
  const values = sums.values.subarray(0, cols * sums.cols);
  if (tensor.startsWith(AGGREGATE)) return { rows: cols, cols: sums.cols, values };
  return { rows: cols, cols: sums.cols, values: values.map(truncated) };
}

const columnOf = ({ rows, cols, values }: RealMatrix, column: number): Float64Array =>
  Float64Array.from({ length: rows }, (_, row) => at(values, row * cols + column));

/** Modulo 2^64 and signed, so that a mask leaves numbers around zero. */
const truncated = (opened: number): number =>
  opened - TRUNCATION_OFFSET + (opened < TRUNCATION_OFFSET - 2 ** 63 ? 2 ** 64 : 0);

/** The column whose numbers are largest over all steps. */
function loudest(all: readonly RealMatrix[]): number {
  const cols = all[0]?.cols ?? 1;
  const squares = new Float64Array(cols);
  for (const { values } of all) {
    values.forEach((value, position) => {
      squares[position % cols] = at(squares, position % cols) + value * value;
    });
  }
  return squares.indexOf(Math.max(...squares));
}

/**
 * The residue attack: where a protocol reveals Xᵀr / n of each batch, with r = p − y, media knows X
 * and the batches, stacks the equations of overlapping batches and solves for r, as if it stayed the
 * same: over the last steps of a training it nearly does. The score is −r. At most the last 200 steps
 * are stacked; rows are scored once, in the last epoch's batches.
 *
 * Of a network's first layer the sum is Xᵀδ, one column a hidden unit, and δ is r times the weight and
 * slope of that unit: the unit with the largest sums is solved for, and the sign of its weight taken
 * from a fact that media knows, that the rarer class is the tail (as in `spectral`; this is ours, the
 * paper is about logistic regression).
 *
 * Neither protocol of Moongate reveals such sums: a masked training of a sine network opens the
 * gradient of its first layer under a mask. Without masks that opening is the sum itself, which is
 * this attack's control. A view of another protocol names its sums `aggregate/…`.
 */
export const residue = labelAttack(
  {
    name: "residue",
    title: "Residuals from revealed sums over batches",
    adversary: "media",
    target: "labels",
    knows: "its own columns, which rows each batch had, and which class is rarer",
    paper:
      "Tan et al., Residue-based Label Protection Mechanisms in Vertical Logistic Regression, arXiv 2205.04166",
  },
  {
    facts: "none",
    known: 0,
    whole: true,
    tensors,
    scored: lastEpoch,
    scorer: ({ view, steps, tensor, target, matrixAt }) => {
      const [own] = named(view, "own/features");
      if (own === undefined) return undefined;
      const { rows, cols, values } = matrixOf(view, own);
      const train = Math.min(rows, view.header.rows.train);
      const features = matrix(train, cols, values.subarray(0, train * cols));
      const stacked = steps.slice(-MOST_STEPS).flatMap((step) => {
        const sums = matrixAt(step);
        if (sums === undefined) return [];
        return [{ positions: step.positions, sums: ownSums(sums, tensor, cols) }];
      });
      const ofColumn = (column: number): Equations => ({
        features,
        batches: stacked.map(({ positions, sums }) => ({
          positions,
          aggregate: columnOf(sums, column),
        })),
      });
      if (tensor.startsWith(AGGREGATE)) {
        if (stacked.some(({ sums }) => target.index >= sums.cols)) return undefined;
        const found = minimumNormResiduals(ofColumn(target.index));
        return ({ positions }) => Float64Array.from(positions, (row) => -at(found, row));
      }
      const unit = loudest(stacked.map(({ sums }) => sums));
      const found = skewedUpwards(minimumNormResiduals(ofColumn(unit), ITERATIONS_OF_A_LAYER));
      const sign = target.share <= 0.5 ? 1 : -1;
      return ({ positions }) => Float64Array.from(positions, (row) => sign * at(found, row));
    },
    otherwise: "nothing summed over a batch was revealed",
  },
);
