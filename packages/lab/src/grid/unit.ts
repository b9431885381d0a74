import { modelKindSchema } from "@moongate/catalogue";
import { z } from "zod";

/**
 * One cell of the grid for one seed: what is trained, on which table, how it is protected, and
 * what the session runs without on purpose.
 */
export const unitSchema = z.strictObject({
  /** Names the unit: made of all the rest, fit for a file name. */
  id: z.string().min(1),
  data: z.string().min(1),
  /** Orders rows and splits them: units of one seed share their rows, so they can be paired. */
  seed: z.string().min(1),
  /** local: commerce alone, the floor. pooled: both tables in one place, the ceiling. */
  protocol: z.enum(["local", "pooled", "split", "masked"]),
  model: modelKindSchema,
  defence: z
    .strictObject({
      place: z.enum(["labels", "gradient", "embedding"]),
      kind: z.string(),
      /** The setting as a reader would write it: "Marvell, s = 4". */
      title: z.string(),
      /** What grows with protection, for the order of points; null for a defence without a dial. */
      strength: z.number().nullable(),
    })
    .optional(),
  /** The epsilon of a masked training with noise in the shares. */
  epsilon: z.number().positive().optional(),
  /**
   * none: an honest run. masks-off: the insecure control, masks forced to zero. canary: no run, but
   * an audit of the claim of epsilon, on tables of its own. Others: who is corrupt beyond one
   * curious party.
   */
  control: z.enum([
    "none",
    "masks-off",
    "coordinator",
    "coordinator+media",
    "coordinator+commerce",
    "canary",
  ]),
});
export type Unit = z.infer<typeof unitSchema>;

export const unitMetricsSchema = z.strictObject({
  auc: z.number(),
  ks: z.number(),
  prAuc: z.number(),
  logLoss: z.number(),
  calibrationError: z.number(),
  lift10: z.number(),
});

/** A leak AUC with the standard error that the rows of a run give it, and its degrees of freedom. */
const measuredSchema = z.strictObject({
  mean: z.number(),
  error: z.number().min(0),
  freedom: z.number().positive(),
});

/** What one attack came to on one unit. */
export const attackOutcomeSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  adversary: z.string(),
  target: z.enum(["labels", "features", "membership", "masks"]),
  /** False if the attack does not apply to that view. */
  applicable: z.boolean(),
  why: z.string().optional(),
  /** The number of known labels that it was given, where it takes any. */
  known: z.number().optional(),
  /** Leak AUC over batches; for features, how well they come back is in details. */
  leak: z
    .strictObject({
      mean: z.number(),
      q95: z.number(),
      max: z.number(),
      low: z.number(),
      high: z.number(),
      /** Standard error of the mean by the rows of this run, and its degrees of freedom. */
      error: z.number().min(0),
      freedom: z.number().positive(),
    })
    .optional(),
  /** The supervised model with the same knowledge, on the same rows. */
  supervised: measuredSchema.optional(),
  /** The same attack where it must succeed, if that is no unit of its own. */
  control: measuredSchema.optional(),
  /** Attack minus a supervised model with the same knowledge. */
  excess: z.number().optional(),
  details: z.record(z.string(), z.number()).optional(),
});
export type AttackOutcome = z.infer<typeof attackOutcomeSchema>;

const boundsSchema = z.strictObject({
  trainings: z.number(),
  atLeast: z.number(),
  gaussianAtLeast: z.number(),
});

/** What a canary audit came to, as `CanaryAudit` has it. */
export const auditSchema = boundsSchema.extend({
  epsilon: z.number(),
  delta: z.number(),
  confidence: z.number(),
  controls: z.strictObject({ quarter: boundsSchema, none: boundsSchema }),
});

/** One line of units.ndjson. */
export const unitResultSchema = z.strictObject({
  format: z.literal("moongate-benchmark-unit"),
  version: z.literal(1),
  unit: unitSchema,
  status: z.enum(["done", "diverged", "failed"]),
  error: z.strictObject({ code: z.string(), cause: z.string() }).optional(),
  /** Mean over labels, of the logits on held-out rows. */
  validation: unitMetricsSchema.optional(),
  test: unitMetricsSchema.optional(),
  attacks: z.array(attackOutcomeSchema),
  costs: z
    .strictObject({
      rounds: z.number(),
      steps: z.number(),
      bytes: z.number(),
      /** Seconds of the training in this process; the session's compute. */
      seconds: z.number(),
    })
    .optional(),
  dp: z
    .strictObject({
      epsilon: z.number(),
      delta: z.number(),
      /** The party that it protects, against whom, per what unit. */
      claim: z.string(),
    })
    .optional(),
  audit: auditSchema.optional(),
  rows: z.strictObject({ train: z.number(), validation: z.number(), test: z.number() }),
  /** Share of positives among the test rows. */
  rate: z.number().min(0).max(1).optional(),
  /** Share of commerce's users that were matched. */
  overlap: z.number().min(0).max(1).optional(),
  /** Test AUC of the true probabilities, where the data are synthetic. */
  best: z.number().optional(),
  /** Lines of the disclosure ledger. */
  disclosures: z.number().int().min(0).optional(),
});
export type UnitResult = z.infer<typeof unitResultSchema>;
