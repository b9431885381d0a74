import { planSchema, seenRowSchema } from "@moongate/messages";
import { disclosureSchema } from "@moongate/results";
import { z } from "zod";

/** Media's `outcome.json`: what a party knows of a training that leaves it no scores. */
export const OUTCOME_FILE = "outcome.json";

export const outcomeSchema = z.looseObject({
  format: z.literal("moongate-outcome"),
  version: z.literal(1),
  plan: planSchema,
  rows: z.strictObject({
    train: z.number().int(),
    validation: z.number().int(),
    test: z.number().int(),
  }),
  disclosures: z.array(disclosureSchema),
  seen: z.array(seenRowSchema),
  seconds: z.record(z.string(), z.number()),
});
export type OutcomeDocument = z.infer<typeof outcomeSchema>;
