import { z } from "zod";
import { byName, modelSchema } from "@moongate/messages";
import {
  engineReportSchema,
  environmentSchema,
  modelReportSchema,
  RESULT_VERSION,
  resultSchema,
} from "./result.ts";
import { countSchema, widthSchema } from "@moongate/messages";

/**
 * What a training without a session came to: commerce by itself (local), or both tables in one
 * hand (pooled). The rungs below and above the protocols, on the same rows and with the same
 * metrics as `resultSchema`.
 */
export const aloneSchema = z.strictObject({
  format: z.literal("moongate-alone"),
  version: z.literal(RESULT_VERSION),
  protocol: z.enum(["local", "pooled"]),
  model: modelSchema,
  seed: z.string(),
  rows: resultSchema.shape.rows,
  width: widthSchema,
  labels: z.array(z.string()).min(1),
  models: z.array(modelReportSchema).min(1),
  /** Test AUC of the true probabilities by label, where the data are synthetic. */
  best: byName(z.number().min(0).max(1)),
  engine: engineReportSchema,
  /** The time of reading, preparing and training. */
  seconds: z.number().min(0),
  /** The peak memory of this process, in bytes. */
  peakBytes: countSchema,
  environment: environmentSchema,
  runDirectory: z.string(),
});
export type AloneDocument = z.infer<typeof aloneSchema>;
