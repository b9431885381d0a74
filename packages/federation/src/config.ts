import { byName, idRuleSchema, sessionNameSchema } from "@moongate/messages";
import { z } from "zod";
import { engineSchema, localInputSchema, localSettingsSchema } from "./local/settings.ts";
import { timeoutsSchema } from "./timeouts.ts";

/** A certificate's fingerprint as people write it: with or without colons, in capitals or not. */
export const fingerprintSchema = z
  .string()
  .regex(/^([0-9A-Fa-f]{2}:?){32}$/, "is not a SHA-256 fingerprint of 64 hex digits");

/** The keys that every configuration of a party has. */
const sessionConfigShape = {
  /** The session's name: both parties use the same. */
  session: sessionNameSchema,
  coordinator: z.strictObject({
    url: z.string().regex(/^wss:\/\/./, "is not an address of the form wss://host:port"),
    fingerprint: fingerprintSchema,
  }),
  /** Files of this party's certificate and key. */
  identity: z.strictObject({ certificate: z.string().min(1), key: z.string().min(1) }),
  /** The other party's certificate. */
  peer: z.strictObject({ fingerprint: fingerprintSchema }),
  /** The engine of TensorFlow.js, where this party trains in the clear. */
  engine: engineSchema.default("auto"),
  /** The run directory; {time} in it becomes the UTC time. */
  directory: z.string().min(1),
  /**
   * The folder of what this party remembers across sessions; by default `media-registers` or
   * `commerce-registers` beside the run directories.
   */
  registers: z.string().min(1).optional(),
  timeouts: timeoutsSchema.prefault({}),
};

const columnName = z.string().min(1);

/** How a file is read where it leaves that open; see the README of @moongate/data. */
const readingShape = {
  /** The text's encoding, under a name that TextDecoder knows; UTF-8, or UTF-16 where evident. */
  encoding: z.string().min(1).optional(),
  /** The sign between fields, or its name; recognised by default. */
  separator: z
    .enum([",", ";", "\t", "|", "comma", "semicolon", "tab", "pipe"])
    .transform((name) => SEPARATOR_SIGNS[name] ?? name)
    .pipe(z.enum([",", ";", "\t", "|"]))
    .optional(),
  /** The decimal sign, for columns that leave it open: is 1,234 above a thousand? */
  decimal: z.enum(["point", "comma"]).optional(),
  /** The order of day and month, for columns that leave it open. */
  dates: z.enum(["day-first", "month-first"]).optional(),
  /** Marks of missing values, in place of the usual ones; an empty field is missing in any case. */
  missing: z.array(z.string()).optional(),
  /** Refuse fields that do not fit their column, instead of taking them for missing. */
  strict: z.boolean().optional(),
  /** Kinds of columns, by name, in place of what they look like. */
  types: byName(z.enum(["number", "category", "boolean", "date"])).optional(),
};

const SEPARATOR_SIGNS: Readonly<Partial<Record<string, string>>> = {
  comma: ",",
  semicolon: ";",
  tab: "\t",
  pipe: "|",
};

const tableShape = {
  /** A CSV file with a header line (gzip or not), or a Parquet file. */
  file: z.string().min(1),
  /** The column that both parties' ids are in, each under its own name. */
  id: z.string().min(1),
  /** The number of rows to use: both sides keep those whose ids have the smallest hashes. */
  rows: z.number().int().min(1).optional(),
  /** The id rule by which `rows` are chosen: the plan's. */
  idRule: idRuleSchema.optional(),
  ...readingShape,
};

/** What the configurations of both parties have in common. */
export const partyConfigShape = {
  ...sessionConfigShape,
  data: z.strictObject({
    ...tableShape,
    /** The feature columns; by default all that are neither id nor label. */
    columns: z.array(columnName).min(1).optional(),
    /** Columns that are not features. */
    exclude: z.array(columnName).default([]),
    /** The preparation of numeric columns. */
    numbers: z.enum(["auto", "ranks", "standard", "piecewise"]).default("auto"),
    /** The columns that enter the joint model: prepared ones, the local model's embedding, or both. */
    local: localInputSchema.default("auto"),
    /**
     * Own label column(s) of 0 and 1 that the local model is trained towards; they are no features,
     * and none of the joint labels. Without one it is an autoencoder.
     */
    objective: z.union([columnName.transform((name) => [name]), z.array(columnName)]).default([]),
    /** The value of a label that counts as positive; of all labels, or by label name. */
    positive: z.union([z.string(), byName(z.string())]).optional(),
    /** Rows without a label: refuse the file, or leave them out. */
    missingLabel: z.enum(["refuse", "drop"]).optional(),
  }),
  /** True leaves a view in the run directory, for the privacy lab: it holds private data. */
  record: z.boolean().default(false),
  /** The noise.key that a split run left, to repeat that run and no other; random by default. */
  noiseKey: z.string().min(1).optional(),
  /** How the local model is trained. */
  local: localSettingsSchema.prefault({}),
};

/** What the configurations of both parties have in common when they score new rows. */
export const predictionConfigShape = {
  ...sessionConfigShape,
  task: z.literal("predict"),
  /** This party's model: the folder model/ in the run directory of its training. */
  model: z.string().min(1),
  /** New rows, with the columns that training had; labels may be absent. */
  data: z.strictObject(tableShape),
};

type Data = z.output<(typeof partyConfigShape)["data"]>;

/** The data part of a configuration for a prediction. */
export type PredictionData = z.output<(typeof predictionConfigShape)["data"]>;

/** The data part of a party's configuration. */
export type DataConfig = Omit<Data, "local" | "objective"> &
  Partial<Pick<Data, "local" | "objective">>;
