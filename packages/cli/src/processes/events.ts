import { CATALOG, type ErrorCode } from "@moongate/errors";
import { z } from "zod";

/** A refusal as it crosses a process boundary. */
export const refusalSchema = z.strictObject({
  code: z.string().refine((code): code is ErrorCode => Object.hasOwn(CATALOG, code)),
  cause: z.string(),
  cure: z.string(),
  exitStatus: z.number().int(),
});
export type Refusal = z.infer<typeof refusalSchema>;

/**
 * What a process says about itself on standard output with `--progress json`: one JSON document
 * a line. Never contents: names of phases, counts and seconds.
 */
export const processEventSchema = z.discriminatedUnion("event", [
  /** The coordinator takes connections. */
  z.strictObject({ event: z.literal("listening"), port: z.number().int() }),
  z.strictObject({ event: z.literal("phase-started"), phase: z.string() }),
  z.strictObject({ event: z.literal("phase-ended"), phase: z.string(), seconds: z.number() }),
  z.strictObject({
    event: z.literal("progress"),
    phase: z.string(),
    done: z.number(),
    total: z.number(),
  }),
  z.strictObject({ event: z.literal("note"), text: z.string() }),
  z.strictObject({ event: z.literal("finished") }),
  z.strictObject({ event: z.literal("failed"), error: refusalSchema }),
]);
export type ProcessEvent = z.infer<typeof processEventSchema>;
