import { z } from "zod";
import { type DpPlan, dpSchema } from "@moongate/messages";

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
