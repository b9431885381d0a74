import { z } from "zod";

/** What commerce asks for; the noise that it takes follows from it and from the number of epochs. */
export const dpChoicesSchema = z.strictObject({
  /** Largest privacy loss of a joint user, but for probability delta. */
  epsilon: z.number().positive().max(100),
  delta: z.number().gt(0).max(1e-3).default(1e-6),
  /** A row's largest L2 norm on each side, in square roots of that side's number of columns. */
  clip: z.number().gt(0).max(4).default(0.5),
});
export type DpChoices = z.infer<typeof dpChoicesSchema>;

/**
 * Differential privacy inside the masks: each party adds discrete Gaussian noise to its share of
 * every gradient. The unit is one joint user: any change of that user's features and labels.
 */
export const dpSchema = z.strictObject({
  epsilon: dpChoicesSchema.shape.epsilon,
  delta: dpChoicesSchema.shape.delta.unwrap(),
  clip: dpChoicesSchema.shape.clip.unwrap(),
  /** Deviation of one party's noise over the most that one user's row can change a gradient. */
  noiseMultiplier: z.number().positive().max(1e6),
});
export type DpPlan = z.infer<typeof dpSchema>;
