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

/** What a noisy training claims, as its result tells it. */
export const dpReportSchema = dpSchema.extend({
  /** What two tables differ in that the model can hardly tell apart. */
  unit: z.literal("one joint user"),
  protects: z.array(z.strictObject({ whose: z.string(), against: z.string(), by: z.string() })),
});
export type DpReport = z.infer<typeof dpReportSchema>;

/** The claim of a plan, in words. */
export function dpReport(dp: DpPlan): DpReport {
  const outsiders = "whoever gets the model, or its scores of other users";
  return {
    ...dp,
    unit: "one joint user",
    protects: [
      {
        whose: "media's features of a training user",
        against: `commerce and ${outsiders}`,
        by: "media's noise",
      },
      {
        whose: "commerce's features and labels of a training user",
        against: `media and ${outsiders}`,
        by: "commerce's noise",
      },
    ],
  };
}
