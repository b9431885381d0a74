import type { RealMatrix } from "@moongate/views";
import { sigmoid } from "../numeric/logistic.ts";
import { addScaled } from "../numeric/matrices.ts";

/** What is above the cut layer, as far as the public plan says. */
export type Top = "linear" | "sine" | "relu";

/** A batch as media has it. */
export interface Gradients {
  /** n × cut: what came. */
  readonly gradient: RealMatrix;
  /** n × cut: own embeddings, zero where there are none. */
  readonly embedding: Float64Array;
  /** Share of positives of each label: known. */
  readonly shares: readonly number[];
}

/** Everything that is fitted. */
export interface Guess {
  /** labels × cut: the output layer. */
  readonly weights: Float64Array;
  /** cut: what the other party adds to the cut layer, taken as the same for all rows. */
  readonly offset: Float64Array;
  /** One a label. */
  readonly bias: Float64Array;
  /** Logits of the dummy labels, n × labels. */
  readonly dummies: Float64Array;
}

/** The parts of a guess, in the order in which optimisers keep them. */
export const partsOf = ({ weights, offset, bias, dummies }: Guess): readonly Float64Array[] => [
  weights,
  offset,
  bias,
  dummies,
];

const PRIOR_WEIGHT = 1;
const ENTROPY_WEIGHT = 0.1;

/**
 * The loss of a guess and its gradient.
 *
 * 1. u = embedding + offset; logits o = act(u) Wᵀ + bias; p = σ(o); dummy labels y = σ(dummies).
 * 2. The gradient by u of the log-losses is ĝ = ((p − y) W) ∘ act′(u).
 * 3. Loss = |ĝ − g|² / |g|², plus for each label (mean y − share)² / (share (1 − share)), plus a
 *    tenth of the mean entropy of the dummy labels.
 */
export function lossOf(
  top: Top,
  batch: Gradients,
  guess: Guess,
): { readonly loss: number; readonly gradient: Guess } {
  const { gradient: came, shares } = batch;
  const { rows, cols } = came;
  const gradient: Guess = {
    weights: new Float64Array(guess.weights.length),
    offset: new Float64Array(cols),
    bias: new Float64Array(shares.length),
    dummies: new Float64Array(guess.dummies.length),
  };
  const priors = priorsOf(batch, guess);
  gradient.dummies.set(priors.gradient);
  let { loss } = priors;
  const square = came.values.reduce((sum, value) => sum + value * value, 0) || 1;
  const scratch = scratchOf(cols, shares.length);
  for (let row = 0; row < rows; row++) {
    climb(top, batch, guess, row, scratch);
    loss += mismatch(came, row, square, scratch);
    descend(guess, gradient, row, scratch);
  }
  return { loss, gradient };
}

/** What one row needs on its way up and down, written over by the next. */
interface Scratch {
  /** act(u), act′(u) and act″(u) of each unit. */
  readonly act: Float64Array;
  readonly slope: Float64Array;
  readonly bend: Float64Array;
  /** (p − y) W of each unit. */
  readonly sum: Float64Array;
  /** The loss by ĝ of each unit. */
  readonly off: Float64Array;
  /** Each label's p and y. */
  readonly chances: Float64Array;
  readonly dummies: Float64Array;
}

function scratchOf(cols: number, labels: number): Scratch {
  const [act, slope, bend] = [0, 0, 0].map(() => new Float64Array(cols)) as Three;
  const [sum, off] = [new Float64Array(cols), new Float64Array(cols)];
  const [chances, dummies] = [new Float64Array(labels), new Float64Array(labels)];
  return { act, slope, bend, sum, off, chances, dummies };
}

type Three = [Float64Array, Float64Array, Float64Array];

/** Step 1 for one row, and the (p − y) W of step 2. */
function climb(top: Top, batch: Gradients, guess: Guess, row: number, scratch: Scratch): void {
  const { act, slope, bend, sum, chances, dummies } = scratch;
  const { weights, offset, bias } = guess;
  const [cols, labels] = [act.length, chances.length];
  for (let j = 0; j < cols; j++) {
    const u = (batch.embedding[row * cols + j] ?? 0) + (offset[j] ?? 0);
    activateAt(top, u, j, act, slope, bend);
  }
  sum.fill(0);
  for (let label = 0; label < labels; label++) {
    let logit = bias[label] ?? 0;
    for (let j = 0; j < cols; j++) logit += (act[j] ?? 0) * (weights[label * cols + j] ?? 0);
    const chance = sigmoid(logit);
    const dummy = sigmoid(guess.dummies[row * labels + label] ?? 0);
    chances[label] = chance;
    dummies[label] = dummy;
    addScaled(sum, 0, chance - dummy, weights, label * cols, cols);
  }
}

/** |ĝ − g|² / |g|² of one row, and its slope by ĝ. */
function mismatch(
  came: RealMatrix,
  row: number,
  square: number,
  { sum, slope, off }: Scratch,
): number {
  let loss = 0;
  for (let j = 0; j < came.cols; j++) {
    const difference = (sum[j] ?? 0) * (slope[j] ?? 0) - (came.values[row * came.cols + j] ?? 0);
    loss += (difference * difference) / square;
    off[j] = (2 * difference) / square;
  }
  return loss;
}

/** Adds one row's part of the mismatch to the gradient: through p − y, W and act′(u). */
function descend(guess: Guess, gradient: Guess, row: number, scratch: Scratch): void {
  const { act, slope, bend, sum, off, chances, dummies } = scratch;
  const [cols, labels] = [act.length, chances.length];
  // From here on the loss by (p − y) W; what goes through act′ goes to the offset.
  for (let j = 0; j < cols; j++) {
    const byGradient = off[j] ?? 0;
    gradient.offset[j] = (gradient.offset[j] ?? 0) + byGradient * (sum[j] ?? 0) * (bend[j] ?? 0);
    off[j] = byGradient * (slope[j] ?? 0);
  }
  for (let label = 0; label < labels; label++) {
    const [chance, dummy] = [chances[label] ?? 0, dummies[label] ?? 0];
    let byResidual = 0;
    for (let j = 0; j < cols; j++) {
      byResidual += (off[j] ?? 0) * (guess.weights[label * cols + j] ?? 0);
    }
    const byLogit = byResidual * chance * (1 - chance);
    const place = row * labels + label;
    gradient.bias[label] = (gradient.bias[label] ?? 0) + byLogit;
    gradient.dummies[place] = (gradient.dummies[place] ?? 0) - byResidual * dummy * (1 - dummy);
    for (let j = 0; j < cols; j++) {
      const at = label * cols + j;
      gradient.weights[at] =
        (gradient.weights[at] ?? 0) + (chance - dummy) * (off[j] ?? 0) + byLogit * (act[j] ?? 0);
      gradient.offset[j] =
        (gradient.offset[j] ?? 0) + byLogit * (guess.weights[at] ?? 0) * (slope[j] ?? 0);
    }
  }
}

/** Dummy label minus the surrogate's probability, y − p, n × labels: positive where a row has it. */
export function residualsOf(top: Top, batch: Gradients, guess: Guess): Float64Array {
  const { rows, cols } = batch.gradient;
  const labels = batch.shares.length;
  const [act, unused] = [new Float64Array(cols), new Float64Array(cols)];
  const out = new Float64Array(rows * labels);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < cols; j++) {
      const u = (batch.embedding[row * cols + j] ?? 0) + (guess.offset[j] ?? 0);
      activateAt(top, u, j, act, unused, unused);
    }
    for (let label = 0; label < labels; label++) {
      let logit = guess.bias[label] ?? 0;
      for (let j = 0; j < cols; j++)
        logit += (act[j] ?? 0) * (guess.weights[label * cols + j] ?? 0);
      const at = row * labels + label;
      out[at] = sigmoid(guess.dummies[at] ?? 0) - sigmoid(logit);
    }
  }
  return out;
}

/** Writes act(u), act′(u) and act″(u) of unit j. */
function activateAt(
  top: Top,
  u: number,
  j: number,
  act: Float64Array,
  slope: Float64Array,
  bend: Float64Array,
): void {
  act[j] = top === "sine" ? Math.sin(u) : top === "relu" ? Math.max(u, 0) : u;
  slope[j] = top === "sine" ? Math.cos(u) : top === "relu" && u <= 0 ? 0 : 1;
  bend[j] = top === "sine" ? -Math.sin(u) : 0;
}

/** What is known of labels before anything came: their share, and that they are 0 or 1. */
function priorsOf({ gradient: { rows }, shares }: Gradients, { dummies }: Guess) {
  const gradient = new Float64Array(dummies.length);
  let loss = 0;
  shares.forEach((share, label) => {
    let mean = 0;
    for (let row = 0; row < rows; row++) {
      mean += sigmoid(dummies[row * shares.length + label] ?? 0) / rows;
    }
    const variance = Math.max(share * (1 - share), 1e-6);
    loss += (PRIOR_WEIGHT * (mean - share) ** 2) / variance;
    const byMean = (2 * PRIOR_WEIGHT * (mean - share)) / variance;
    for (let row = 0; row < rows; row++) {
      const at = row * shares.length + label;
      const logit = dummies[at] ?? 0;
      const dummy = sigmoid(logit);
      // Entropy H = −y ln y − (1 − y) ln(1 − y); by the logit it is −logit · y (1 − y).
      const entropy =
        Math.log1p(Math.exp(-Math.abs(logit))) + Math.abs(logit) * Math.min(dummy, 1 - dummy);
      loss += (ENTROPY_WEIGHT * entropy) / rows;
      gradient[at] = ((byMean - ENTROPY_WEIGHT * logit) * dummy * (1 - dummy)) / rows;
    }
  });
  return { loss, gradient };
}
