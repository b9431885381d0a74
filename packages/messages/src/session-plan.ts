import { sha256, toHex } from "@moongate/crypto";
import { z } from "zod";
import { canonical } from "./canonical.ts";
import { planSchema, sessionShape } from "./plan.ts";

/** Names a trained model: 16 bytes, the same at both parties. */
export const modelIdSchema = z.string().regex(/^[0-9a-f]{32}$/, "is not 32 lower-case hex digits");

/** What a prediction session computes: scores of new rows by a model that was trained before. */
export const predictionPlanSchema = z.strictObject({
  task: z.literal("predict"),
  ...sessionShape,
  modelId: modelIdSchema,
});
export type PredictionPlan = z.infer<typeof predictionPlanSchema>;

/** The plan of any session. */
export const sessionPlanSchema = z.discriminatedUnion("task", [planSchema, predictionPlanSchema]);
export type SessionPlan = z.infer<typeof sessionPlanSchema>;

/**
 * SHA-256 of the plan's canonical form. The parties compare it inside their own channel, so a
 * coordinator cannot show them different plans.
 */
export function planDigest(plan: SessionPlan): string {
  return toHex(sha256(canonical(plan)));
}
