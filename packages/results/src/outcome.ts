import { planSchema, seenRowSchema, partitionRowsSchema } from "@moongate/messages";
import { z } from "zod";
import { disclosureSchema } from "./disclosure.ts";

/** The file in media's run directory. */
export const OUTCOME_FILE = "outcome.json";

/** What a training leaves at the party that learns no scores: media's `outcome.json`. */
export const outcomeSchema = z.strictObject({
  format: z.literal("moongate-outcome"),
  version: z.literal(1),
  plan: planSchema,
  /** Rows of the joint table. */
  rows: partitionRowsSchema,
  disclosures: z.array(disclosureSchema),
  seen: z.array(seenRowSchema),
  /** Time of each phase, and of all together. */
  seconds: z.record(z.string(), z.number().min(0)),
});
export type OutcomeDocument = z.infer<typeof outcomeSchema>;
