import { at, MoongateError } from "@moongate/errors";
import type { StageModel } from "./steps.ts";
import { DrawnLabels, type LabelDraw } from "./kept-labels.ts";
import { requireMatrix } from "./matrix.ts";
import type { NoiseStream } from "./noise.ts";
import { isSettled, respondWithPrior } from "./randomised-response.ts";

export interface TwoStageOptions {
  readonly epsilon: number;
  /** Probability of label 1 assumed of every row in the first stage; the paper's is 0.5. */
  readonly prior: number;
  readonly stageModel: StageModel;
  readonly noise: NoiseStream;
}

/**
 * LP-2ST (Ghazi et al., NeurIPS 2021, arXiv 2102.06062, algorithm 3 with two stages).
 *
 * 1. The rows are cut at random into two disjoint halves.
 * 2. The labels of the first half are drawn with the given prior.
 * 3. A model of the first half's draws gives each row of the second half a prior of its own.
 * 4. The labels of the second half are drawn with those.
 *
 * Each label is drawn once, with a prior that it had no part in: ε-DP for one label. A prior that
 * settles all of the first half leaves nothing to learn a model of: it then settles the second too.
 */
export function drawInTwoStages(options: TwoStageOptions): LabelDraw {
  const { epsilon, prior, noise, stageModel } = options;
  return async (labels, count, rows) => {
    const order = shuffled(rows, noise);
    const [first, second] = [order.slice(0, Math.ceil(rows / 2)), order.slice(Math.ceil(rows / 2))];
    const drawn = new DrawnLabels(labels.length);
    const draw = (half: Uint32Array, priorOf: (index: number) => number): void => {
      half.forEach((row, place) => {
        for (let label = 0; label < count; label++) {
          const [index, own] = [row * count + label, priorOf(place * count + label)];
          drawn.set(index, respondWithPrior(at(labels, index), own, epsilon, noise));
        }
      });
    };

    draw(first, () => prior);
    if (isSettled(prior, epsilon) || second.length === 0) {
      draw(second, () => prior);
      return drawn;
    }
    const targets = new Float32Array(first.length * count);
    first.forEach((row, place) => {
      for (let label = 0; label < count; label++) {
        targets[place * count + label] = at(drawn.targets, row * count + label);
      }
    });
    const priors = await stageModel({ rows: first, targets }, second, count);
    requireMatrix("a stage model's probabilities", priors, second.length, count);
    draw(second, (index) => probability(at(priors, index)));
    return drawn;
  };
}

/** A model of unbiased targets may leave [0, 1]. */
function probability(value: number): number {
  if (Number.isNaN(value)) {
    throw new MoongateError("SATURATION", "the model of LP-2ST's first stage gave no numbers");
  }
  return Math.min(1, Math.max(0, value));
}

/** Fisher–Yates. */
function shuffled(length: number, noise: NoiseStream): Uint32Array {
  const order = Uint32Array.from({ length }, (_, index) => index);
  for (let i = length - 1; i > 0; i--) {
    const j = Math.floor(noise.uniform() * (i + 1));
    const swapped = at(order, i);
    order[i] = at(order, j);
    order[j] = swapped;
  }
  return order;
}
