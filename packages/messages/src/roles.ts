import type { Side } from "@moongate/mpc";
import { z } from "zod";

/** A party: media holds features only, commerce features and labels. */
export const sideSchema = z.enum(["media", "commerce"]) satisfies z.ZodType<Side>;
export type { Side };

/** A process of the federation. */
export const roleSchema = z.enum(["media", "commerce", "coordinator"]);
export type Role = z.infer<typeof roleSchema>;

export const otherParty = (side: Side): Side => (side === "media" ? "commerce" : "media");

/** Lower-case hexadecimal SHA-256: of a certificate, or of a plan. */
export const digestSchema = z.string().regex(/^[0-9a-f]{64}$/, "is not 64 lower-case hex digits");

/** A number of rows, frames or bytes. */
export const countSchema = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** Rows of the joint table in their order: training first, then validation, then test. */
export const partitionRowsSchema = z.strictObject({
  train: countSchema,
  validation: countSchema,
  test: countSchema,
});
export type PartitionRows = z.infer<typeof partitionRowsSchema>;

/** Columns of each party after its own preparation. */
export const widthSchema = z.strictObject({ media: countSchema, commerce: countSchema });
export type Width = z.infer<typeof widthSchema>;
