import type { Matrix } from "@moongate/views";
import { sigmoid } from "../numeric/logistic.ts";

/** What is above the cut layer, as far as the public plan says. */
export type Top = "linear" | "sine" | "relu";

/** A batch as media has it. */
export interface Gradients {
  /** n × cut: what came. */
  readonly gradient: Matrix;
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
  const { gradient: came, embedding, shares } = batch;
  const { rows, cols } = came;
  const labels = shares.length;
  const gradient: Guess = {
    weights: new Float64Array(guess.weights.length),
    offset: new Float64Array(cols),
    bias: new Float64Array(labels),
    dummies: new Float64Array(guess.dummies.length),
  };
  const square = came.values.reduce((sum, value) => sum + value * value, 0) || 1;
  const priors = priorsOf(batch, guess);
  let loss = priors.loss;
  const [act, slope, bend] = [
    new Float64Array(cols),
    new Float64Array(cols),
    new Float64Array(cols),
  ];
  const [off, sum, byUnit] = [
    new Float64Array(cols),
    new Float64Array(cols),
    new Float64Array(cols),
  ];
  for (let row = 0; row < rows; row++) {
    const at = row * cols;
    for (let j = 0; j < cols; j++) {
      activateAt(top, (embedding[at + j] ?? 0) + (guess.offset[j] ?? 0), j, act, slope, bend);
    }
    sum.fill(0);
    const chances: number[] = [];
    const dummies: number[] = [];
    for (let label = 0; label < labels; label++) {
      let logit = guess.bias[label] ?? 0;
      for (let j = 0; j < cols; j++)
        logit += (act[j] ?? 0) * (guess.weights[label * cols + j] ?? 0);
      const chance = sigmoid(logit);
      const dummy = sigmoid(guess.dummies[row * labels + label] ?? 0);
      chances.push(chance);
      dummies.push(dummy);
      for (let j = 0; j < cols; j++) {
        sum[j] = (sum[j] ?? 0) + (chance - dummy) * (guess.weights[label * cols + j] ?? 0);
      }
    }
    for (let j = 0; j < cols; j++) {
      const difference = (sum[j] ?? 0) * (slope[j] ?? 0) - (came.values[at + j] ?? 0);
      loss += (difference * difference) / square;
      off[j] = (2 * difference) / square;
      byUnit[j] = (off[j] ?? 0) * (sum[j] ?? 0) * (bend[j] ?? 0);
    }
    for (let label = 0; label < labels; label++) {
      const chance = chances[label] ?? 0;
      const dummy = dummies[label] ?? 0;
      let byResidual = 0;
      for (let j = 0; j < cols; j++) {
        byResidual += (off[j] ?? 0) * (slope[j] ?? 0) * (guess.weights[label * cols + j] ?? 0);
      }
      const byLogit = byResidual * chance * (1 - chance);
      gradient.bias[label] = (gradient.bias[label] ?? 0) + byLogit;
      const place = row * labels + label;
      gradient.dummies[place] = (priors.gradient[place] ?? 0) - byResidual * dummy * (1 - dummy);
      for (let j = 0; j < cols; j++) {
        const weight = label * cols + j;
        gradient.weights[weight] =
          (gradient.weights[weight] ?? 0) +
          (chance - dummy) * (off[j] ?? 0) * (slope[j] ?? 0) +
          byLogit * (act[j] ?? 0);
        byUnit[j] = (byUnit[j] ?? 0) + byLogit * (guess.weights[weight] ?? 0) * (slope[j] ?? 0);
      }
    }
    for (let j = 0; j < cols; j++)
      gradient.offset[j] = (gradient.offset[j] ?? 0) + (byUnit[j] ?? 0);
  }
  return { loss, gradient };
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
