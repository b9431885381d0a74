import { MAX_CONTROL_BYTES } from "@moongate/messages";
import { DEFAULT_LIMITS, type Limits } from "@moongate/transport";
import { z } from "zod";

const count = z.number().int().min(1).max(65_536);

/** How much of the coordinator may be taken at once, and by whom. */
export const coordinatorLimitsSchema = z.strictObject({
  /** Connections in all; by default 512, or what the number of open files allows. */
  connections: count.optional(),
  /** Connections from one address (IPv6: one /64 network); by default all. */
  connectionsPerAddress: count.optional(),
  /** Connections that show one certificate. */
  connectionsPerPeer: count.default(24),
  /** Time from a connection's arrival to the end of its handshakes, in ms; then it is cut. */
  handshakeMs: z.number().int().min(1).max(3_600_000).default(10_000),
  /** Sessions in all. */
  sessions: count.default(64),
  /** Sessions of one pair; further ones wait for a place as long as for a second party. */
  sessionsPerPair: count.default(8),
  /** Parties of one pair that may wait for a place; further ones are refused. */
  waitingPerPair: count.default(16),
});
export type CoordinatorLimits = z.output<typeof coordinatorLimitsSchema>;

/**
 * What may come from a party until both parties have agreed on a plan: control messages. It holds for
 * each connection, so the connections that a peer may have (`connectionsPerPeer`), and all that there
 * may be (`connections`), bound what those who begin no session can make the coordinator keep.
 */
export const BEFORE_SESSION: Limits = {
  maxFrameBytes: MAX_CONTROL_BYTES,
  maxQueuedBytes: MAX_CONTROL_BYTES,
  maxQueuedFrames: 64,
};

/** What may come in a session, where frames are received or relayed as they come. */
export const IN_SESSION: Limits = { ...DEFAULT_LIMITS, maxQueuedBytes: 128 * 2 ** 20 };
