import { z } from "zod";
import { alignmentSchema, modelSchema, protocolSchema, sessionNameSchema } from "./plan.ts";
import { countSchema, widthSchema } from "./roles.ts";
import { disclosureSchema, seenRowSchema, trafficRowSchema } from "./seen.ts";

const aucSchema = z.number().min(0).max(1);

/** Area under the ROC curve of one label. */
export const labelAucSchema = z.strictObject({
  /** The same model trained by commerce alone on its own columns: the floor. Test rows. */
  commerceOnly: aucSchema,
  /** The masked joint model. Test rows. */
  federated: aucSchema,
  /** The plaintext twin on both tables: the ceiling. Null unless somebody held both (the demo). */
  pooled: aucSchema.nullable(),
  /** Of the true probabilities, where the data are synthetic. */
  best: aucSchema.optional(),
  /** The same on validation rows. */
  validation: z.strictObject({ commerceOnly: aucSchema, federated: aucSchema }),
});
export type LabelAuc = z.infer<typeof labelAucSchema>;

/** On what a session ran. */
export const environmentSchema = z.strictObject({
  moongate: z.string(),
  node: z.string(),
  os: z.string(),
  architecture: z.string(),
  cpu: z.string(),
  cpus: countSchema,
});

/** What a session came to: `result.json` of commerce's run directory, and `demo --json`. */
export const resultSchema = z.strictObject({
  format: z.literal("moongate-result"),
  version: z.literal(1),
  session: sessionNameSchema,
  protocol: protocolSchema,
  model: modelSchema,
  seed: z.string(),
  alignment: alignmentSchema,
  rows: z.strictObject({
    media: countSchema,
    commerce: countSchema,
    aligned: countSchema,
    train: countSchema,
    validation: countSchema,
    test: countSchema,
  }),
  width: widthSchema,
  /** Training rows of the model of commerce alone: a random sample of them where there are many. */
  baselineRows: countSchema,
  labels: z.array(z.string()).min(1),
  auc: z.record(z.string(), labelAucSchema),
  traffic: z.strictObject({
    /** Rounds between the parties, from the first masked column to the last score. */
    rounds: countSchema,
    /** Training steps. */
    steps: countSchema,
    /** Payload bytes on the two outer hops; the inner channel travels inside them. */
    bytes: countSchema,
    /** Each kind, each way, each channel. */
    links: z.array(trafficRowSchema),
  }),
  /** Of each phase, at commerce; and all together. */
  seconds: z.record(z.string(), z.number().min(0)),
  /** Peak resident memory of each process in bytes; the parties' at their end. */
  memory: z.strictObject({ coordinator: countSchema, media: countSchema, commerce: countSchema }),
  disclosures: z.array(disclosureSchema),
  seen: z.array(seenRowSchema),
  environment: environmentSchema,
  runDirectory: z.string(),
});
export type ResultDocument = z.infer<typeof resultSchema>;
