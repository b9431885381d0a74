import type { TrainingPlan } from "@moongate/mpc";
import type { Plan } from "./plan.ts";
import type { SplitRows, Width } from "./roles.ts";

/** What the masked program needs to know, from the session's plan and the announced shapes. */
export function trainingPlanOf(plan: Plan, rows: SplitRows, width: Width): TrainingPlan {
  return { seed: plan.seed, model: plan.model, labels: plan.labels.length, rows, width };
}
