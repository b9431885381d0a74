import { z } from "zod";

const milliseconds = z
  .number()
  .int()
  .min(1)
  .max(24 * 3600 * 1000);

/**
 * How long a party waits. A peer that is gone is noticed by its link, sooner; these deadlines are
 * for peers that are there and say nothing.
 */
export const timeoutsSchema = z.strictObject({
  /** The time for the coordinator to take the connection. */
  connectMs: milliseconds.default(15_000),
  /** The time for the other party to join and agree. */
  joinMs: milliseconds.default(60_000),
  /** The time for one message of a peer that has it at hand. */
  messageMs: milliseconds.default(30_000),
  /** The time for a peer with work of its own to do first: preparing its table, blinding its ids. */
  workMs: milliseconds.default(600_000),
  /** A sign of life is sent this often, and a silent line counts as lost after the second. */
  heartbeatMs: milliseconds.default(2000),
  deadAfterMs: milliseconds.default(8000),
});
export type Timeouts = z.output<typeof timeoutsSchema>;
