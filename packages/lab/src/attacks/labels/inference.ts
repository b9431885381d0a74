import { at } from "@moongate/errors";
import { MODELS } from "@moongate/catalogue";
import { type RealMatrix, matrixOf } from "@moongate/views";
import { Adam } from "../numeric/adam.ts";
import { addScaled, matrix } from "../numeric/matrices.ts";
import { type Uniform, uniforms } from "@moongate/statistics";
import { sampled, type Step } from "../steps.ts";
import { norms } from "./norm.ts";
import { labelAttack, type Scene } from "./run.ts";
import { topProjection } from "./spectral.ts";
import { type Gradients, type Guess, lossOf, partsOf, residualsOf, type Top } from "./surrogate.ts";

const ITERATIONS = 150;
const RATE = 0.05;
/** Rows fitted at most, over all steps. */
const MOST_ROWS = 5_000;
const [FEWEST_STEPS, MOST_STEPS] = [6, 40];

/** A surrogate that is carried from batch to batch, with what it said of each. */
interface Chain {
  readonly top: Top;
  readonly scores: Float64Array[];
  sign: number;
  loss: number;
  guess?: Guess;
}

/**
 * Dummy labels and a surrogate whose gradients match those of each batch: 150 steps of Adam from
 * weights along the batch's top right singular vectors, in the activation of the plan and in none,
 * and with each sign; the next batch starts on the same side with the offset and the bias found.
 * The chain with the least loss over all batches is kept. Where there is one column a label the
 * sign is known: a logit's weight is positive.
 *
 * @returns a score for each row and label of each batch, n × labels: `residualsOf` the guess.
 */
export function inferBatches(
  plan: Top,
  batches: readonly Gradients[],
  next: Uniform,
): readonly Float64Array[] {
  const [first] = batches;
  if (first === undefined) return [];
  const signs = first.gradient.cols === first.shares.length ? [1] : [1, -1];
  const chains = [...new Set<Top>([plan, "linear"])].flatMap((top) =>
    signs.map((sign): Chain => ({ top, sign, scores: [], loss: 0 })),
  );
  for (const batch of batches) {
    const weights = startWeights(batch, next);
    for (const chain of chains) {
      const before = chain.guess?.weights;
      const along = before?.reduce((sum, weight, i) => sum + weight * at(weights, i), 0) ?? 0;
      const sign = before === undefined || along === 0 ? chain.sign : Math.sign(along);
      const start = weights.map((weight) => sign * weight);
      const { guess, loss } = fit(chain, batch, start);
      chain.guess = guess;
      chain.loss += loss;
      chain.scores.push(residualsOf(chain.top, batch, guess));
    }
  }
  return chains.reduce((a, b) => (b.loss < a.loss ? b : a)).scores;
}

function fit({ top, guess: before }: Chain, batch: Gradients, weights: Float64Array) {
  const { gradient, shares } = batch;
  const guess: Guess = {
    weights,
    offset: before?.offset.slice() ?? new Float64Array(gradient.cols),
    bias: before?.bias.slice() ?? new Float64Array(shares.length),
    dummies: Float64Array.from({ length: gradient.rows * shares.length }, (_, i) => {
      const share = at(shares, i % shares.length);
      return Math.log(Math.max(share, 1e-3) / Math.max(1 - share, 1e-3));
    }),
  };
  const parts = partsOf(guess).map((values) => ({ values, optimiser: new Adam(values.length) }));
  for (let iteration = 0; iteration < ITERATIONS; iteration++) {
    const gradients = partsOf(lossOf(top, batch, guess).gradient);
    parts.forEach(({ values, optimiser }, index) => {
      optimiser.update(values, gradients[index] ?? new Float64Array(values.length), RATE);
    });
  }
  return { guess, loss: lossOf(top, batch, guess).loss };
}

/** One row a label: of that label's column where there is one each, else a singular vector. */
function startWeights({ gradient, shares }: Gradients, next: Uniform): Float64Array {
  const { rows, cols } = gradient;
  const weights = new Float64Array(shares.length * cols);
  if (cols === shares.length) {
    gradient.values.forEach((value, i) => {
      const diagonal = (i % cols) * (cols + 1);
      weights[diagonal] = Math.max(at(weights, diagonal), Math.abs(value));
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

/** The gradients of a step, as cut-layer gradients if they are, else scaled to length 1. */
function gradientsOf({ view, tensor, targets }: Scene, step: Step, came: RealMatrix): Gradients {
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
 * The surrogate has the activation of the public plan, or none if that fits better; what commerce
 * adds to the cut layer is taken as the same for all rows. A row's score is its dummy label minus the surrogate's probability, since
 * a label is 1 exactly where p − y is negative. Deviations: the papers search the weights of the loss's parts and start
 * at random; here they are fixed, and weights start at singular vectors. Which dummy column is which
 * label is told by the known shares alone, unless the cut layer has one column a label. At most 40
 * steps and about 5,000 rows are fitted, evenly from first to last, but at least 6 steps.
 */
export const inference = labelAttack(
  {
    name: "inference",
    effort: "slow",
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
      const { target, tensor, seed, kept, view, matrixAt } = scene;
      if (kept.size === 0) {
        const fitted = scored(scene.steps).flatMap((step) => {
          const came = matrixAt(step);
          return came === undefined ? [] : [{ step, batch: gradientsOf(scene, step, came) }];
        });
        const top = tensor === "cut-gradient" ? MODELS[view.header.plan.model.kind].cut : "linear";
        const next = uniforms(`inference ${seed} ${tensor}`);
        const scores = inferBatches(
          top,
          fitted.map(({ batch }) => batch),
          next,
        );
        fitted.forEach(({ step }, index) => kept.set(step, at(scores, index)));
      }
      return (step, came) => {
        const scores = kept.get(step) ?? new Float64Array(came.rows * target.count);
        return Float64Array.from({ length: came.rows }, (_, row) =>
          at(scores, row * target.count + target.index),
        );
      };
    },
    otherwise: "nothing came for single rows of a batch",
  },
);
