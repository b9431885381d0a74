import { MoongateError } from "@moongate/errors";
import type { ScoringPlan, TrainingPlan } from "@moongate/mpc";
import type { Model } from "@moongate/catalogue";
import type { Plan } from "./plan.ts";
import type { PartitionRows, Width } from "./roles.ts";
import type { PredictionPlan } from "./session-plan.ts";

/**
 * What the masked program needs to know, from the session's plan and the announced shapes.
 * @param overlap of a hidden alignment, as the coordinator announced it.
 */
export function trainingPlanOf(
  plan: Plan,
  rows: PartitionRows,
  width: Width,
  overlap?: number,
): TrainingPlan {
  const { seed, labels, watchValidation, scoreNoise } = plan;
  const hidden = overlap === undefined ? undefined : { overlap };
  const model = maskedModelOf(plan);
  return {
    ...{ seed, model, labels: labels.length, rows, width, hidden, watchValidation, scoreNoise },
    ...dpOf(plan),
  };
}

/** The same for a prediction. */
export function scoringPlanOf(plan: PredictionPlan, rows: number, width: Width): ScoringPlan {
  const hidden = plan.alignment.method === "hidden";
  const { labels, scoreNoise } = plan;
  const model = maskedModelOf(plan);
  return { model, labels: labels.length, rows, width, hidden, scoreNoise, ...dpOf(plan) };
}

function dpOf({ dp }: Pick<Plan, "dp">): Pick<TrainingPlan, "dp"> {
  if (dp === undefined) return {};
  return { dp: { clip: dp.clip, noiseMultiplier: dp.noiseMultiplier } };
}

/** The plan's model, as one that trains under masks; the plan's schema refuses others. */
function maskedModelOf({ model }: { readonly model: Model }): TrainingPlan["model"] {
  if (model.kind !== "relu") return model;
  throw new MoongateError("INTERNAL", "the masked protocol has no relu networks");
}
