import type { ScoringPlan, TrainingPlan } from "@moongate/mpc";
import type { Plan } from "./plan.ts";
import type { SplitRows, Width } from "./roles.ts";
import type { PredictionPlan } from "./session-plan.ts";

/** What the masked program needs to know, from the session's plan and the announced shapes. */
export function trainingPlanOf(plan: Plan, rows: SplitRows, width: Width): TrainingPlan {
  return { seed: plan.seed, model: plan.model, labels: plan.labels.length, rows, width };
}

/** The same for a prediction. */
export function scoringPlanOf(plan: PredictionPlan, rows: number, width: Width): ScoringPlan {
  return { model: plan.model, labels: plan.labels.length, rows, width };
}
