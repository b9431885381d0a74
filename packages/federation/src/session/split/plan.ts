import { type Rate, singleNetwork, type SplitPlan, splitRates } from "@moongate/learning";
import type { SessionPlan } from "@moongate/messages";
import { batches, fittingSchedule } from "@moongate/mpc";

/** The session's plan as learning needs it; batches and rates fit the training rows as under masks. */
export function splitPlanOf(
  { model, labels, seed }: Pick<SessionPlan, "model" | "labels" | "seed">,
  trainRows: number,
): SplitPlan {
  const { kind, epochs, weightDecay } = model;
  return {
    kind: singleNetwork(kind),
    hidden: "hidden" in model ? model.hidden : labels.length,
    tower: "tower" in model ? model.tower : 0,
    labels: labels.length,
    epochs,
    weightDecay,
    seed,
    ...fittingSchedule(model, trainRows),
  };
}

/** One training step of the public schedule. */
export interface SplitStep {
  /** The step's number, from 0, over all epochs. */
  readonly step: number;
  readonly total: number;
  /** Positions in the arranged training rows. */
  readonly rows: Uint32Array;
  readonly rate: Rate;
}

/** The training steps, alike at both parties: the public seed gives the masked protocol's batches. */
export function* splitSteps(plan: SplitPlan, trainRows: number): Generator<SplitStep> {
  const rateOf = splitRates(plan, trainRows);
  const total = plan.epochs * Math.ceil(trainRows / plan.batchSize);
  let step = 0;
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    for (const rows of batches(plan.seed, epoch, trainRows, plan.batchSize)) {
      yield { step, total, rows, rate: rateOf(step) };
      step += 1;
    }
  }
}
