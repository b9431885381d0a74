import {
  commerceAcceptSchema,
  commercePredictionAcceptSchema,
  partyConfigShape,
  planChoicesSchema,
  planSchema,
  predictionConfigShape,
} from "@moongate/federation";
import { z } from "zod";

/** The commerce party's configuration file for a training. Unknown keys are refused. */
export const commerceConfigSchema = z.strictObject({
  task: z.literal("train").default("train"),
  ...partyConfigShape,
  /** Columns of 0 and 1 (or FALSE and TRUE) that the joint model predicts. */
  labels: planSchema.shape.labels,
  /** Limits on the other's table, and on the users that labels are trained on. */
  accept: commerceAcceptSchema.prefault({}),
  /** What shall be computed; proposed to media. */
  plan: planChoicesSchema.prefault({}),
  /**
   * The largest epsilon of all trainings on any one user together, counted in commerce's register;
   * where it is set, plans without noise are refused.
   */
  maximumEpsilon: z.number().positive().optional(),
});
export type CommerceConfig = z.output<typeof commerceConfigSchema>;

/** The same for a prediction: scoring new rows by a trained model. */
export const commercePredictionSchema = z.strictObject({
  ...predictionConfigShape,
  accept: commercePredictionAcceptSchema.prefault({}),
});
export type CommercePredictionConfig = z.output<typeof commercePredictionSchema>;
