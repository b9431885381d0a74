import { acceptSchema, partyConfigShape, predictionConfigShape } from "@moongate/federation";
import { z } from "zod";

/** The media party's configuration file for a training. Unknown keys are refused. */
export const mediaConfigSchema = z.strictObject({
  task: z.literal("train").default("train"),
  ...partyConfigShape,
  /** The plans that media agrees to. */
  accept: acceptSchema.prefault({}),
});
export type MediaConfig = z.output<typeof mediaConfigSchema>;

/** The same for a prediction: scoring new rows by a trained model. */
export const mediaPredictionSchema = z.strictObject({
  ...predictionConfigShape,
  accept: acceptSchema.prefault({}),
});
export type MediaPredictionConfig = z.output<typeof mediaPredictionSchema>;
