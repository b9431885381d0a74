import { MoongateError } from "@moongate/errors";
import { LOGISTIC_BITS } from "./logistic.ts";
import { type FittingSchedule, fittingBatchSize, MOMENTUM, type Schedule } from "./model.ts";
import { rateShape } from "./schedule.ts";
import {
  type DpTraining,
  type GradientShape,
  gradientSensitivity,
  largestRow,
} from "./sensitivity.ts";

/** Rows of one step at most, to bound the memory that a step takes. */
const MOST_ROWS = 2 ** 14;
/** Deviation that noise alone may give the longest row's logit: the sigmoid's series wraps at 16. */
const LARGEST_LOGIT_NOISE = 1.5;
/** Learning rate times the longest row's squared norm, at most: see docs/protocols/dp.md. */
const LARGEST_STEP = 20;

type Chosen = Pick<Schedule, "batchSize" | "epochs" | "learningRate">;

/**
 * The schedule of a training with noise in its gradients. It depends on public numbers alone.
 *
 * Each step adds the same noise however many rows it has, so "auto" takes all rows at once, or as
 * few equal batches of them as fit. Learning rate and momentum are meant as they stand, but no logit
 * may reach the sigmoid's wrap, where rows push their weights the wrong way:
 *
 * 1. The rate rises over the first quarter of the steps: momentum then does not carry logits far
 *    beyond where the labels want them.
 * 2. It is lowered where one step could move the longest row's logit too far: for wide tables.
 * 3. It is lowered where noise alone would move that logit too far: for small tables, and small
 *    epsilons.
 * @throws MoongateError DP_INVALID where the noise on roundings alone would.
 */
export function noisySchedule(
  chosen: Chosen,
  trainingRows: number,
  dp: DpTraining,
  shape: GradientShape,
): FittingSchedule {
  const batchSize = noisyBatchSize(chosen.batchSize, trainingRows);
  const norm = largestRow(dp, shape.width) * 2 ** -LOGISTIC_BITS.features;
  const stable = Math.min(chosen.learningRate, LARGEST_STEP / (norm * norm));
  const noise = logitNoise({ ...chosen, learningRate: stable }, batchSize, trainingRows, dp, shape);
  const { fixed, inProportion } = noise;
  if (fixed >= LARGEST_LOGIT_NOISE) {
    throw new MoongateError("DP_INVALID", "the noise for this epsilon leaves no room for a model", {
      cure: "Ask for a larger epsilon, fewer epochs, fewer labels or fewer columns.",
    });
  }
  const fits = Math.min(1, (LARGEST_LOGIT_NOISE - fixed) / inProportion);
  return { batchSize, learningRate: stable * fits, momentum: MOMENTUM, warmUp: true };
}

/**
 * A bound on the deviation that both parties' noise gives the logit of a longest row after any step:
 * `fixed`, for errors of rounding, and what grows with the learning rate.
 *
 * A unit of noise moves a weight by 1 / (1 − momentum) at most, and steps add up in squares: the
 * norm of a vector over the steps. Each of its entries is a fixed part and one in proportion to the
 * step's rate, so its norm is at most the sum of both parts' (Minkowski).
 */
function logitNoise(
  { epochs, learningRate }: Chosen,
  batchSize: number,
  trainingRows: number,
  dp: DpTraining,
  shape: GradientShape,
): { readonly fixed: number; readonly inProportion: number } {
  const steps = epochs * Math.ceil(trainingRows / batchSize);
  let squares = 0;
  for (let step = 0; step < steps; step++) squares += rateShape(step, steps, true) ** 2;
  const toLogit =
    (2 ** -LOGISTIC_BITS.weights / (1 - MOMENTUM)) *
    largestRow(dp, shape.width) *
    2 ** -LOGISTIC_BITS.features;
  const deviation = (perRow: number): number =>
    dp.noiseMultiplier * gradientSensitivity(dp, shape, perRow) * Math.SQRT2 * toLogit;
  const rounding = deviation(0);
  const whole = deviation(learningRate / batchSize);
  return {
    fixed: rounding * Math.sqrt(steps),
    inProportion: (whole - rounding) * Math.sqrt(squares),
  };
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
