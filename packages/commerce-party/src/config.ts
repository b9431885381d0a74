import { partyConfigShape, planChoicesSchema, planSchema } from "@moongate/federation";
import { z } from "zod";

/** The commerce party's configuration file. Unknown keys are refused. */
export const commerceConfigSchema = z.strictObject({
  ...partyConfigShape,
  /** Columns of 0 and 1 (or FALSE and TRUE) that the joint model predicts. */
  labels: planSchema.shape.labels,
  /** What shall be computed; proposed to media. */
  plan: planChoicesSchema.prefault({}),
});
export type CommerceConfig = z.output<typeof commerceConfigSchema>;
