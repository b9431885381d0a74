import { type FittingSchedule, fittingSchedule } from "./model.ts";
import { noisySchedule, plannedBatchSize } from "./noisy-schedule.ts";
import type { TrainingPlan } from "./training-plan.ts";

/** Slots of one step at most, unless the plan asks for more rows: to bound what a step takes. */
const MOST_SLOTS = 2 ** 14;

/** The schedule of a training whose steps take `slots`, of which about `counted` are worth anything. */
export interface StepSchedule
  extends Pick<FittingSchedule, "learningRate" | "momentum" | "warmUp"> {
  readonly slots: number;
  /** What a step's sum of gradients is divided by. */
  readonly counted: number;
}

/**
 * Batches, rate and momentum of a plan. Where all rows count they are those of the number of rows.
 *
 * Under hidden alignment only the slots that both sides have a row in count. The schedule is that of
 * the rows that count, as far as their announced share tells, and a batch takes as many slots more:
 * so a plan trains about as it would on the common rows alone, in as many steps.
 */
export function stepSchedule({
  model,
  rows,
  dp,
  width,
  labels,
  hidden,
}: TrainingPlan): StepSchedule {
  const fit = (batchSize: number | "auto", trainingRows: number): FittingSchedule => {
    const chosen = { ...model, batchSize };
    return dp === undefined
      ? fittingSchedule(chosen, trainingRows)
      : noisySchedule(chosen, trainingRows, dp, { width, labels });
  };
  if (hidden === undefined) {
    const { batchSize, ...rates } = fit(model.batchSize, rows.train);
    return { ...rates, slots: batchSize, counted: batchSize };
  }
  const { overlap } = hidden;
  const common = Math.max(1, Math.round(rows.train * overlap));
  const wanted = plannedBatchSize({ model, dp }, common);
  const slots = Math.min(Math.ceil(wanted / overlap), Math.max(wanted, MOST_SLOTS), rows.train);
  const counted = slots * overlap;
  return { ...fit(counted, common), slots, counted };
}

/** Steps of a whole training. */
export const trainingSteps = (plan: TrainingPlan): number =>
  plan.model.epochs * Math.ceil(plan.rows.train / stepSchedule(plan).slots);
