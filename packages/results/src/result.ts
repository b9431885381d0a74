import { z } from "zod";
import { byName, defenceSchema } from "@moongate/messages";
import { disclosureSchema } from "./disclosure.ts";
import { dpReportSchema } from "./dp-report.ts";
import { joiningReportSchema } from "@moongate/campaign";
import { comparedKindSchema } from "@moongate/messages";
import { cpuSecondsSchema } from "@moongate/telemetry";
import {
  alignmentSchema,
  modelSchema,
  protocolSchema,
  sessionNameSchema,
} from "@moongate/messages";
import { countSchema, partitionRowsSchema, widthSchema } from "@moongate/messages";
import { seenRowSchema, trafficRowSchema } from "@moongate/messages";

const aucSchema = z.number().min(0).max(1);

/** Area under the ROC curve of one label. */
export const labelAucSchema = z.strictObject({
  /**
   * The same model trained by commerce alone on its own columns: the floor. Test rows. Null where
   * its training diverged.
   */
  commerceOnly: aucSchema.nullable(),
  /** The joint model. Test rows. Null where they have one class, as for the others. */
  federated: aucSchema.nullable(),
  /** The plaintext twin on both tables: the ceiling. Null unless somebody held both (the demo). */
  pooled: aucSchema.nullable(),
  /** The AUC of the true probabilities, where the data are synthetic. */
  best: aucSchema.optional(),
  /** The same on validation rows. */
  validation: z.strictObject({
    commerceOnly: aucSchema.nullable(),
    federated: aucSchema.nullable(),
  }),
});
export type LabelAuc = z.infer<typeof labelAucSchema>;

/** How good a model is for one label, on rows that it never saw; `evaluate` of @moongate/learning. */
export const metricsSchema = z.strictObject({
  /** Null, like all that compare two classes, where the rows have one. */
  auc: aucSchema.nullable(),
  /** Kolmogorov-Smirnov statistic. */
  ks: z.number().min(0).max(1).nullable(),
  /** Average precision. */
  prAuc: aucSchema.nullable(),
  /** The mean logarithmic loss, in nats. */
  logLoss: z.number().min(0),
  /** The expected calibration error, over 15 bins of equal mass. */
  calibrationError: z.number().min(0).max(1),
  /** Rate of positives in the best-scored tenth over that of all rows. */
  lift10: z.number().min(0).nullable(),
});
export type Metrics = z.infer<typeof metricsSchema>;

/** One model, measured. */
export const modelReportSchema = z.strictObject({
  /** The owner of its columns: commerce, media or both (pooled); federated is the joint model. */
  who: z.enum(["federated", "commerce", "media", "pooled"]),
  kind: comparedKindSchema,
  /** True if it takes data that no party may hold: media's columns with the labels. */
  oracle: z.boolean(),
  /** Training rows: a random sample of them where there are many. */
  trainedRows: countSchema,
  /** The metrics by label. */
  validation: byName(metricsSchema),
  test: byName(metricsSchema),
});
export type ModelReport = z.infer<typeof modelReportSchema>;

/** What TensorFlow.js computed on. */
export const engineReportSchema = z.strictObject({
  name: z.enum(["native", "wasm", "cpu"]),
  version: z.string(),
  /** The reason why a faster one did not run, and how to get it. */
  note: z.string().optional(),
});

/** A party's local model: what of its own columns entered the joint one. */
export const localReportSchema = z.strictObject({
  /** The embedding in place of the prepared columns, or beside them. */
  input: z.enum(["tower", "both"]),
  /** Columns of the embedding. */
  columns: countSchema,
  /** Prepared columns that enter beside it. */
  beside: countSchema,
  objective: z.enum(["labels", "reconstruction", "both"]),
  /** The party's own labels that it was trained towards. */
  labels: z.array(z.string()),
  /** Own rows that it learned from, validation included. */
  rows: countSchema,
  epochs: countSchema,
  bestEpoch: countSchema,
  engine: engineReportSchema.shape.name,
});
export type LocalReport = z.infer<typeof localReportSchema>;

/** The machine and versions that a session ran on. */
export const environmentSchema = z.strictObject({
  moongate: z.string(),
  node: z.string(),
  os: z.string(),
  architecture: z.string(),
  cpu: z.string(),
  cpus: countSchema,
});

/** AUC on validation rows after each epoch, by label. */
export const epochsSchema = z.strictObject({
  /**
   * The model that was looked at: the joint one, of which every look opens scores to commerce, or
   * the pooled oracle, which is in one hand already.
   */
  whose: z.enum(["joint", "pooled"]),
  labels: z.array(z.strictObject({ name: z.string(), auc: z.array(aucSchema.nullable()) })).min(1),
});
export type Epochs = z.infer<typeof epochsSchema>;

/** The networks of a portfolio, in the plan's order, and how commerce weighed them on validation rows. */
export const headsSchema = z
  .array(
    z.strictObject({
      learningRate: z.number(),
      weightDecay: z.number(),
      labels: z.array(
        z.strictObject({
          name: z.string(),
          /** Its part of the sum; those of a label's networks add up to 1. */
          weight: z.number().min(0).max(1),
          /** Area under the ROC curve on validation rows. */
          auc: aucSchema.nullable(),
          /** True if its training ran away: it then has no weight, unless all did. */
          ranAway: z.boolean(),
        }),
      ),
    }),
  )
  .min(1);
export type HeadsReport = z.infer<typeof headsSchema>;

/** The version of result documents; raised when their meaning changes. */
export const RESULT_VERSION = 2;

/** What a session came to: `result.json` of commerce's run directory, and `demo --json`. */
export const resultSchema = z.strictObject({
  format: z.literal("moongate-result"),
  version: z.literal(RESULT_VERSION),
  session: sessionNameSchema,
  protocol: protocolSchema,
  model: modelSchema,
  /** The defence of a split session, where there was one. */
  defence: defenceSchema.optional(),
  /** The claim of differential privacy, where the model is noisy. */
  dp: dpReportSchema.optional(),
  seed: z.string(),
  alignment: alignmentSchema,
  rows: z.strictObject({
    media: countSchema,
    commerce: countSchema,
    /** Users that both have; under hidden alignment about so many. */
    aligned: countSchema,
    /** Joint rows of each use; under hidden alignment commerce's own, matched or not. */
    train: countSchema,
    validation: countSchema,
    test: countSchema,
  }),
  /** Hidden alignment's numbers of slots, and the announced share of training slots that count. */
  hidden: z
    .strictObject({ slots: partitionRowsSchema, overlap: z.number().gt(0).max(1) })
    .optional(),
  width: widthSchema,
  /** Training rows of the model of commerce alone: a random sample of them where there are many. */
  baselineRows: countSchema,
  labels: z.array(z.string()).min(1),
  /** The AUCs of the plan's own kind of model, by label; `models` has more. */
  auc: byName(labelAucSchema),
  /** The joint model and those it is compared with; in a demo the oracles as well. */
  models: z.array(modelReportSchema).min(1),
  /** The engine of the models in the clear. */
  engine: engineReportSchema,
  /** Local models by party; null where raw columns went in. A party knows its own alone. */
  local: z.strictObject({
    media: localReportSchema.nullable().optional(),
    commerce: localReportSchema.nullable(),
  }),
  traffic: z.strictObject({
    /** Rounds between the parties, from the first masked column to the last score. */
    rounds: countSchema,
    /** Training steps. */
    steps: countSchema,
    /** Payload bytes on the two outer hops; the inner channel travels inside them. */
    bytes: countSchema,
    /** Frames and bytes of each kind, each way, on each channel. */
    links: z.array(trafficRowSchema),
  }),
  /** The time of each phase at commerce, and of all together. */
  seconds: z.record(z.string(), z.number().min(0)),
  /** Peak resident memory of each process in bytes; the parties' at their end. */
  memory: z.strictObject({ coordinator: countSchema, media: countSchema, commerce: countSchema }),
  /** CPU time of each process, by the phase it was in; the coordinator's by that of commerce. */
  cpuSeconds: z.strictObject({
    coordinator: cpuSecondsSchema,
    media: cpuSecondsSchema,
    commerce: cpuSecondsSchema,
  }),
  /** Commerce's half of a split training ran away: the model is of no use. */
  ranAway: z.literal(true).optional(),
  disclosures: z.array(disclosureSchema),
  seen: z.array(seenRowSchema),
  /** What joining is worth, which a demo can tell. */
  joining: joiningReportSchema.optional(),
  /** Commerce's columns that alone nearly decide a label: named before training. */
  suspects: z
    .array(z.strictObject({ label: z.string(), column: z.string(), auc: aucSchema }))
    .optional(),
  /** AUC on validation rows after each epoch, where somebody looked. */
  epochs: epochsSchema.optional(),
  /** How the networks of a portfolio were weighed. */
  heads: headsSchema.optional(),
  /** The command that made the run, where one command did. */
  command: z.string().optional(),
  environment: environmentSchema,
  runDirectory: z.string(),
});
export type ResultDocument = z.infer<typeof resultSchema>;
