import { sessionNameSchema } from "@moongate/messages";
import { z } from "zod";
import { timeoutsSchema } from "./timeouts.ts";

/** As people write it: with or without colons, in capitals or not. */
export const fingerprintSchema = z
  .string()
  .regex(/^([0-9A-Fa-f]{2}:?){32}$/, "is not a SHA-256 fingerprint of 64 hex digits");

/** What the configurations of both parties have in common. */
export const partyConfigShape = {
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
  data: z.strictObject({
    /** A CSV file with a header line. */
    file: z.string().min(1),
    /** The column that both parties' ids are in, each under its own name. */
    id: z.string().min(1),
    /** The feature columns; by default all that are neither id nor label. */
    columns: z.array(z.string().min(1)).min(1).optional(),
    /** Columns that are not features. */
    exclude: z.array(z.string().min(1)).default([]),
    /** What becomes of numbers. */
    numbers: z.enum(["auto", "ranks", "standard", "piecewise"]).default("auto"),
    /** Use the first rows of the file only. */
    rows: z.number().int().min(1).optional(),
  }),
  /** The run directory; {time} in it becomes the UTC time. */
  directory: z.string().min(1),
  timeouts: timeoutsSchema.prefault({}),
};

const { file, id, rows } = partyConfigShape.data.shape;

/** What the configurations of both parties have in common when they score new rows. */
export const predictionConfigShape = {
  ...partyConfigShape,
  task: z.literal("predict"),
  /** This party's model: the folder model/ in the run directory of its training. */
  model: z.string().min(1),
  /** New rows, with the columns that training had; labels may be absent. */
  data: z.strictObject({ file, id, rows }),
};

/** The data part of a party's configuration. */
export type DataConfig = z.output<(typeof partyConfigShape)["data"]>;
