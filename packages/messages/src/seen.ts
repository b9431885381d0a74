import { z } from "zod";
import { countSchema, roleSchema } from "./roles.ts";

/** What one process received of one kind, and whether it could read it. */
export const seenRowSchema = z.strictObject({
  process: roleSchema,
  /** Outer: a party's line to the coordinator. Inner: the parties' own channel inside it. */
  channel: z.enum(["outer", "inner"]),
  from: roleSchema,
  kind: z.string().min(1).max(16),
  frames: countSchema,
  bytes: countSchema,
  /** True if the process could read what it received. */
  opened: z.boolean(),
  /** What it is to that process, in words. */
  as: z.string().max(300),
});
export type SeenRow = z.infer<typeof seenRowSchema>;

/** Frames and payload bytes of one kind in one direction of one channel. */
export const trafficRowSchema = z.strictObject({
  from: roleSchema,
  to: roleSchema,
  channel: z.enum(["outer", "inner"]),
  kind: z.string().min(1).max(16),
  frames: countSchema,
  bytes: countSchema,
});
export type TrafficRow = z.infer<typeof trafficRowSchema>;
