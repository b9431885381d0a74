import { LOGISTIC_BITS } from "./logistic.ts";
import { type FittingSchedule, fittingBatchSize, MOMENTUM, type Schedule } from "./model.ts";
import {
  type DpTraining,
  type GradientShape,
  gradientSensitivity,
  largestRow,
} from "./sensitivity.ts";

/** Rows of one step at most, to bound the memory that a step takes. */
const MOST_ROWS = 2 ** 14;
/** Deviation that noise alone may give the longest row's logit: the sigmoid's series wraps at 16. */
const LARGEST_LOGIT_NOISE = 4;
/** Mean square of the learning rates of a half cosine, relative to the first. */
const COSINE_MEAN_SQUARE = 3 / 8;

type Chosen = Pick<Schedule, "batchSize" | "epochs" | "learningRate">;

/**
 * The schedule of a training with noise in its gradients. It depends on public numbers alone.
 *
 * Each step adds the same noise however many rows it has, so "auto" takes all rows at once, or as
 * few equal batches of them as fit. Learning rate and momentum are meant as they stand, but the
 * rate is lowered where noise alone would drive logits over the sigmoid's wrap: for small tables,
 * and small epsilons.
 */
export function noisySchedule(
  chosen: Chosen,
  trainingRows: number,
  dp: DpTraining,
  shape: GradientShape,
): FittingSchedule {
  const batchSize = noisyBatchSize(chosen.batchSize, trainingRows);
  const noise = logitNoise(chosen, batchSize, trainingRows, dp, shape);
  const learningRate = chosen.learningRate * Math.min(1, LARGEST_LOGIT_NOISE / noise);
  return { batchSize, learningRate, momentum: MOMENTUM };
}

/**
 * Deviation that both parties' noise gives the logit of a longest row: a unit of noise moves a
 * weight by 1 / (1 − momentum) in the end, steps add up in squares.
 */
function logitNoise(
  { epochs, learningRate }: Chosen,
  batchSize: number,
  trainingRows: number,
  dp: DpTraining,
  shape: GradientShape,
): number {
  const steps = epochs * Math.ceil(trainingRows / batchSize);
  const sensitivity = gradientSensitivity(dp, shape, learningRate / batchSize);
  const step = dp.noiseMultiplier * sensitivity * 2 ** -LOGISTIC_BITS.weights * Math.SQRT2;
  const weight = (step / (1 - MOMENTUM)) * Math.sqrt(COSINE_MEAN_SQUARE * steps);
  return weight * largestRow(dp, shape.width) * 2 ** -LOGISTIC_BITS.features;
}

function noisyBatchSize(batchSize: number | "auto", trainingRows: number): number {
  const count = Math.ceil(trainingRows / MOST_ROWS);
  return batchSize === "auto" ? Math.ceil(trainingRows / count) : Math.min(batchSize, trainingRows);
}

/** Rows of one step of a plan, with noise or without. */
export function plannedBatchSize(
  plan: { readonly model: Pick<Schedule, "batchSize">; readonly dp?: unknown },
  trainingRows: number,
): number {
  const { batchSize } = plan.model;
  return plan.dp === undefined
    ? fittingBatchSize(batchSize, trainingRows)
    : noisyBatchSize(batchSize, trainingRows);
}
