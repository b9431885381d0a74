import { createHash } from "node:crypto";
import {
  alignmentSchema,
  canonical,
  countSchema,
  defenceSchema,
  digestSchema,
  dpSchema,
  modelIdSchema,
  modelSchema,
  type Plan,
  planSchema,
  sideSchema,
  widthSchema,
} from "@moongate/messages";
import { z } from "zod";

/** The version of saved models; raised when their meaning changes. */
export const MODEL_VERSION = 2;
export const MODEL_FORMAT = "moongate-model";

/** The files of a model's folder, `model/` of a run directory. */
export const MODEL_FILES = {
  document: "model.json",
  /**
   * The party's share: every parameter's words, one after the other. A split model has a half here:
   * its layers' weights, bottom first, as doubles.
   */
  share: "share.bin",
  /** 32 bytes from which scoring masks and commitments are derived. */
  secret: "secret.bin",
  /** The preparation of the party's own columns; private to it, and no part of the model. */
  preparation: "preparation.json",
} as const;

/** A party's model.json. The files it names are secret, the document is not. */
export const modelDocumentSchema = z.strictObject({
  format: z.literal(MODEL_FORMAT),
  version: z.literal(MODEL_VERSION),
  /** The same at both parties. */
  id: modelIdSchema,
  /** The side whose share it is. */
  role: sideSchema,
  /** The protocol of the training. */
  protocol: planSchema.shape.protocol,
  seed: planSchema.shape.seed,
  model: modelSchema,
  labels: planSchema.shape.labels,
  alignment: alignmentSchema,
  /** Defences of the training. Models from before there were defences have no such key. */
  defence: defenceSchema.prefault({}),
  /** A noisy model's claim, and how rows are clipped before they are scored. */
  dp: dpSchema.optional(),
  /** Deviation of the noise on its scores, where it is not the default. */
  scoreNoise: planSchema.shape.scoreNoise,
  /** Prepared columns of both sides. */
  width: widthSchema,
  parameters: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(64),
        rows: countSchema,
        cols: countSchema,
        scale: z.number().int().min(0).max(64),
      }),
    )
    .min(1)
    .max(64),
  /** SHA-256 of the other files. */
  sha256: z.strictObject({
    share: digestSchema,
    secret: digestSchema,
    preparation: digestSchema,
  }),
  /** SHA-256 of all the above in canonical form. */
  checksum: digestSchema,
});
export type ModelDocument = z.infer<typeof modelDocumentSchema>;

type Kept = Pick<
  Plan,
  "protocol" | "seed" | "model" | "labels" | "alignment" | "defence" | "dp" | "scoreNoise"
>;

/** What a model keeps of the plan it was trained by, and a prediction is held to. */
export function keptOf(plan: Kept): Kept {
  const { protocol, seed, model, labels, alignment, defence, dp, scoreNoise } = plan;
  return { protocol, seed, model, labels, alignment, defence, dp, scoreNoise };
}

export const sha256 = (bytes: Uint8Array | string): string =>
  createHash("sha256").update(bytes).digest("hex");

export function checksumOf(document: Readonly<Record<string, unknown>>): string {
  const sealed = Object.entries(document).filter(([key]) => key !== "checksum");
  return sha256(canonical(Object.fromEntries(sealed)));
}
