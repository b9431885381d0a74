import { type Matrix, matrixOf } from "@moongate/views";
import { Adam } from "../numeric/adam.ts";
import { addScaled, matrix } from "../numeric/matrices.ts";
import { type Uniform, uniforms } from "../numeric/seeded.ts";
import { sampled, type Step } from "../steps.ts";
import { norms } from "./norm.ts";
import { labelAttack, type Scene } from "./run.ts";
import { topProjection } from "./spectral.ts";
import { type Gradients, type Guess, lossOf, partsOf, type Top } from "./surrogate.ts";

const ITERATIONS = 150;
const RATE = 0.05;
/** Rows fitted at most, over all steps. */
const MOST_ROWS = 12_000;
const [FEWEST_STEPS, MOST_STEPS] = [6, 40];

/** The offset and the bias of a surrogate; carried from one batch to the next. */
type Carried = Pick<Guess, "offset" | "bias">;

/**
 * Dummy labels and a surrogate whose gradients match those of a batch: 150 steps of Adam from
 * weights along the top right singular vectors, once with each sign; the smaller loss is kept.
 *
 * @returns the guess; `dummies` are the scores, n × labels.
 */
export function inferBatch(top: Top, batch: Gradients, carried: Carried, next: Uniform): Guess {
  const weights = startWeights(batch, next);
  const fits = [1, -1].map((sign) => {
    const guess: Guess = {
      weights: weights.map((weight) => sign * weight),
      offset: carried.offset.slice(),
      bias: carried.bias.slice(),
      dummies: Float64Array.from({ length: batch.gradient.rows * batch.shares.length }, (_, i) => {
        const share = batch.shares[i % batch.shares.length] ?? 0.5;
        return Math.log(Math.max(share, 1e-3) / Math.max(1 - share, 1e-3));
      }),
    };
    const parts = partsOf(guess);
    const optimisers = parts.map(({ length }) => new Adam(length));
    for (let iteration = 0; iteration < ITERATIONS; iteration++) {
      const gradients = partsOf(lossOf(top, batch, guess).gradient);
      optimisers.forEach((optimiser, index) => {
        const [values, gradient] = [parts[index], gradients[index]];
        if (values !== undefined && gradient !== undefined)
          optimiser.update(values, gradient, RATE);
      });
    }
    return { guess, loss: lossOf(top, batch, guess).loss };
  });
  const best = fits.reduce((a, b) => (b.loss < a.loss ? b : a));
  return best.guess;
}

/** One row a label: of that label's column where there is one each, else a singular vector. */
function startWeights({ gradient, shares }: Gradients, next: Uniform): Float64Array {
  const { rows, cols } = gradient;
  const weights = new Float64Array(shares.length * cols);
  if (cols === shares.length) {
    gradient.values.forEach((value, i) => {
      const diagonal = (i % cols) * (cols + 1);
      weights[diagonal] = Math.max(weights[diagonal] ?? 0, Math.abs(value));
    });
    return weights;
  }
  const rest = matrix(rows, cols, gradient.values);
  for (let label = 0; label < shares.length; label++) {
    const projection = topProjection(rest, next);
    const square = projection.reduce((sum, value) => sum + value * value, 0) || 1;
    const longest = projection.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const vector = new Float64Array(cols);
    projection.forEach((value, row) => {
      addScaled(vector, 0, value / square, rest.values, row * cols, cols);
    });
    projection.forEach((value, row) => {
      addScaled(rest.values, row * cols, -value, vector, 0, cols);
    });
    addScaled(weights, label * cols, longest, vector, 0, cols);
  }
  return weights;
}

const scored = (steps: readonly Step[]): readonly Step[] => {
  const most = Math.floor(MOST_ROWS / (steps[0]?.positions.length ?? 1));
  return sampled(steps, Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, most)));
};

const TOPS = { logistic: "linear", sine: "sine", relu: "relu" } as const;

/** The gradients of a step, as cut-layer gradients if they are, else scaled to length 1. */
function gradientsOf({ view, tensor, targets }: Scene, step: Step, came: Matrix): Gradients {
  const shares = targets.map(({ share }) => share);
  const own = step.tensors.get("own/embedding");
  if (tensor === "cut-gradient") {
    const embedding =
      own === undefined ? new Float64Array(came.values.length) : matrixOf(view, own).values;
    return { gradient: came, embedding, shares };
  }
  const longest = norms(came).reduce((most, length) => Math.max(most, length), 0) || 1;
  const values = came.values.map((value) => value / longest);
  return { gradient: { ...came, values }, embedding: new Float64Array(values.length), shares };
}

/**
 * Batch label inference, as ExPLoit: media replays what is above the cut layer with a surrogate and
 * one dummy label a row, and fits both until their gradients are those that came; see surrogate.ts.
 * The surrogate has the activation of the public plan; what commerce adds to the cut layer is taken
 * as the same for all rows. Deviations: the papers search the weights of the loss's parts and start
 * at random; here they are fixed, and weights start at singular vectors. Which dummy column is which
 * label is told by the known shares alone, unless the cut layer has one column a label. At most 40
 * steps and about 12,000 rows are fitted, evenly from first to last, but at least 6 steps.
 */
export const inference = labelAttack(
  {
    name: "inference",
    title: "Dummy labels whose gradients match",
    adversary: "media",
    target: "labels",
    knows: "the kind of the model and the share of positives of each label",
    paper:
      "Kariyappa and Qureshi, ExPLoit, arXiv 2112.01299; Zou et al., VFLAIR, ICLR 2024, arXiv 2310.09827: batch label inference",
  },
  {
    facts: "none",
    known: 0,
    scored,
    scorer: (scene) => {
      const { target, tensor, seed, kept, targets, view } = scene;
      const next = uniforms(`inference ${seed} ${tensor}`);
      const top = tensor === "cut-gradient" ? TOPS[view.header.plan.model.kind] : "linear";
      let carried: Carried | undefined;
      return (step, came) => {
        let dummies = kept.get(step);
        if (dummies === undefined) {
          const batch = gradientsOf(scene, step, came);
          carried ??= {
            offset: new Float64Array(came.cols),
            bias: new Float64Array(targets.length),
          };
          const guess = inferBatch(top, batch, carried, next);
          carried = guess;
          ({ dummies } = guess);
          kept.set(step, dummies);
        }
        const logits = dummies;
        return Float64Array.from(
          { length: came.rows },
          (_, row) => logits[row * target.count + target.index] ?? 0,
        );
      };
    },
    otherwise: "nothing came for single rows of a batch",
  },
);
