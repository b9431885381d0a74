import { checked } from "@moongate/messages";
import { z } from "zod";
import { coordinatorLimitsSchema } from "./limits.ts";
import { coordinatorTimeoutsSchema } from "./options.ts";

const fingerprint = z
  .string()
  .regex(/^([0-9A-Fa-f]{2}:?){32}$/, "is not a SHA-256 fingerprint: 64 hex digits");

/** The coordinator's configuration file. */
export const coordinatorConfigSchema = z.strictObject({
  listen: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1"),
      port: z.number().int().min(0).max(65_535).default(7443),
    })
    .prefault({}),
  identity: z.strictObject({ certificate: z.string().min(1), key: z.string().min(1) }),
  /** The pairs of parties that may hold sessions. */
  trusted: z.array(z.strictObject({ media: fingerprint, commerce: fingerprint })).min(1),
  /** The number of sessions after which the coordinator stops. */
  sessions: z.number().int().min(1).optional(),
  /** The folder for logs and summaries. */
  directory: z.string().min(1).optional(),
  /** True leaves a view of each training in `directory`, for the privacy lab. */
  record: z.boolean().default(false),
  /** The same, and in it the seeds of all masks: to show what a corrupt coordinator could do. */
  corrupt: z.boolean().default(false),
  timeouts: coordinatorTimeoutsSchema.prefault({}),
  limits: coordinatorLimitsSchema.prefault({}),
});
export type CoordinatorConfig = z.output<typeof coordinatorConfigSchema>;

/** @throws MoongateError CONFIG_INVALID naming the key. */
export function parseCoordinatorConfig(value: unknown, what: string): CoordinatorConfig {
  return checked(coordinatorConfigSchema, value, "CONFIG_INVALID", what);
}
