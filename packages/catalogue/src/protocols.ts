import { z } from "zod";

/** How the joint model is trained: one-time-padded shares, or embeddings and gradients as they are. */
export const protocolSchema = z.enum(["masked", "split"]);
export type Protocol = z.infer<typeof protocolSchema>;
