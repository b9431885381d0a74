import { z } from "zod";
import { byName, comparedKindSchema } from "@moongate/messages";
import { countSchema } from "@moongate/messages";

const amount = z.number().min(0);
const gainSchema = z.strictObject({
  mean: z.number(),
  /** The interval at 95%; absent where the test rows cannot tell. */
  interval: z.tuple([z.number(), z.number()]).readonly().optional(),
});
const comparedSchema = z.strictObject({
  alone: amount,
  joint: amount,
  /** Joint minus alone, on the same test rows. */
  gain: gainSchema,
});
/** A share of users; null where no overlap is enough. */
const shareSchema = amount.nullable();

/** What joining is worth for one label, as a campaign of its own. */
export const labelJoiningSchema = z.strictObject({
  verdict: z.enum([
    "too few",
    "suspect column",
    "pays",
    "does not pay",
    "not shown to pay",
    "no gain shown",
    "not told",
  ]),
  /** Test rows that convert, and that do not; absent in documents that were written before. */
  classes: z.strictObject({ positives: countSchema, negatives: countSchema }).optional(),
  /** Commerce's columns that alone nearly decide the label, with their AUC. */
  suspects: z.array(z.strictObject({ column: z.string(), auc: z.number() })).default([]),
  /** Share of test rows that convert. */
  rate: z.number().min(0).max(1),
  auc: comparedSchema,
  lift10: comparedSchema,
  /** Orders at equal spend. They and what follows are absent where there is no ground for a sum. */
  orders: z.strictObject({ alone: amount, joint: amount, more: gainSchema }).optional(),
  /** Value of the further orders, what joining costs whatever the overlap, and what remains. */
  money: z.strictObject({ gross: gainSchema, fixed: amount, net: gainSchema }).optional(),
  /** The overlap below which joining stops paying. */
  breakEven: z
    .strictObject({
      at: shareSchema,
      interval: z.tuple([shareSchema, shareSchema]).readonly().optional(),
    })
    .optional(),
});
export type LabelJoining = z.infer<typeof labelJoiningSchema>;

/** "Is joining worth it?": the joint model against the best that commerce has alone. */
export const joiningReportSchema = z.strictObject({
  /** Commerce's kind of model alone, the best of its kinds on validation rows. */
  alone: comparedKindSchema,
  testRows: countSchema,
  /** Bytes on both hops to the coordinator. */
  bytes: countSchema,
  /** The session's time, without the baselines. */
  seconds: amount,
  /** Lines of the disclosure ledger. */
  disclosures: countSchema,
  /** Share of commerce's users that were matched. */
  overlap: z.number().min(0).max(1),
  /** All money in one currency of the user's. */
  campaign: z.strictObject({
    budget: amount,
    costPerClick: amount,
    /** The value of an order; if absent, what one costs by commerce's own model. */
    conversionValue: amount.optional(),
    fixedCost: amount,
    pricePerGigabyte: amount,
    pricePerHour: amount,
  }),
  labels: byName(labelJoiningSchema),
});
export type JoiningReport = z.infer<typeof joiningReportSchema>;
