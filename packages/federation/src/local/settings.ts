import { TOWER_DEFAULTS } from "@moongate/learning";
import { z } from "zod";

/**
 * The form in which a party's own columns enter the joint model. raw: the prepared columns. tower: the
 * embedding of the party's local model instead. both: side by side, but of a wide table only the
 * columns that are not sparse. auto: both for a wide table, else raw; measured in
 * docs/local-models.md.
 */
export const localInputSchema = z.enum(["auto", "raw", "tower", "both"]);
export type LocalInput = z.infer<typeof localInputSchema>;

/** A table of more prepared columns is wide. */
export const WIDE_COLUMNS = 100;

/** The engine of TensorFlow.js. */
export const engineSchema = z.enum(["auto", "native", "wasm", "cpu"]);

const units = z.number().int().min(1).max(1024);
const { hidden, width, epochs, batchSize, learningRate, patience, labelWeight } = TOWER_DEFAULTS;

/** The `[local]` part of a party's configuration: how it trains its local model. */
export const localSettingsSchema = z.strictObject({
  /** Units of the ReLU layers below the embedding. */
  hidden: z
    .array(units)
    .max(4)
    .default([...hidden]),
  /** Values of an embedding: columns of the joint model. */
  width: units.default(width),
  /** Passes over the rows, at most. */
  epochs: z.number().int().min(1).max(1000).default(epochs),
  batchSize: z.number().int().min(1).max(65_536).default(batchSize),
  learningRate: z.number().positive().max(1).default(learningRate),
  /** Epochs without a better loss on own validation rows before training ends. */
  patience: z.number().int().min(1).max(1000).default(patience),
  /**
   * How much the own labels weigh against the reconstruction of the columns; "only" leaves the
   * reconstruction out. It has no effect without own labels.
   */
  labelWeight: z.union([z.literal("only"), z.number().positive().max(1000)]).default(labelWeight),
});
export type LocalSettings = z.output<typeof localSettingsSchema>;
