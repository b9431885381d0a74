import { modelSchema } from "@moongate/catalogue";
import type { Plan } from "./plan.ts";

/**
 * The plan as somebody would train it who need not hide users from the model: what baselines take.
 * The rates of a noisy plan are chosen for its noise, so the model's own defaults stand in.
 */
export function withoutNoise({ dp, ...plan }: Plan): Plan {
  if (dp === undefined) return plan;
  return { ...plan, model: modelSchema.parse({ kind: plan.model.kind }) };
}
