import type { Phase } from "@moongate/telemetry";
import type { CoordinatorLimits } from "./limits.ts";
import type { SeenRow, Side } from "@moongate/messages";
import type { Identity, RelayOptions } from "@moongate/transport";
import { z } from "zod";

const milliseconds = z
  .number()
  .int()
  .min(1)
  .max(24 * 3600 * 1000);

export const coordinatorTimeoutsSchema = z.strictObject({
  /** The time for a new connection to say who it is. */
  helloMs: milliseconds.default(30_000),
  /** The time for the second party to join, and for media to answer the plan. */
  joinMs: milliseconds.default(60_000),
  /** The time for dealt frames to be acknowledged. */
  messageMs: milliseconds.default(30_000),
  /** The time for the parties' own work: preparing tables, blinding ids, ending. */
  workMs: milliseconds.default(600_000),
  /** A sign of life is sent this often, and a silent line counts as lost after the second. */
  heartbeatMs: milliseconds.default(2000),
  deadAfterMs: milliseconds.default(8000),
});
export type CoordinatorTimeouts = z.output<typeof coordinatorTimeoutsSchema>;

/** Two parties that may hold sessions with each other, by the fingerprints of their certificates. */
export interface TrustedPair {
  readonly media: string;
  readonly commerce: string;
}

/** What the coordinator tells about its sessions: names, phases and counts. */
export type CoordinatorEvent =
  | { readonly event: "listening"; readonly port: number }
  | { readonly event: "note"; readonly text: string }
  | { readonly event: "joined"; readonly session: string; readonly role: Side }
  | {
      readonly event: "phase";
      readonly session: string;
      readonly role: Side;
      readonly phase: Phase;
    }
  | {
      readonly event: "progress";
      readonly session: string;
      readonly done: number;
      readonly total: number;
    }
  | SessionEnd;

/** How one session ended: well, or with an error as plain data. */
export interface SessionEnd {
  readonly event: "ended";
  readonly session: string;
  readonly incarnation: number;
  readonly error: { readonly code: string; readonly cause: string } | undefined;
  /** What crossed this process, by kind: counts alone. */
  readonly seen: readonly SeenRow[];
}

/** The part of a pino logger that is used here. */
export interface Log {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
}

export interface CoordinatorOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly identity: Identity;
  readonly trusted: readonly TrustedPair[];
  /** The number of ended sessions after which the coordinator stops; without it, it serves on. */
  readonly sessions?: number | undefined;
  /** The folder that gets one summary a session; none is left by default. */
  readonly directory?: string | undefined;
  readonly log?: Log | undefined;
  readonly observer?: ((event: CoordinatorEvent) => void) | undefined;
  readonly limits?: Partial<CoordinatorLimits> | undefined;
  readonly timeouts?: Partial<CoordinatorTimeouts> | undefined;
  /** True leaves a view of each training in `directory`, for the privacy lab. */
  readonly record?: boolean | undefined;
  /** The same, and in it the seeds of all masks: the coordinator that no party may have. */
  readonly corrupt?: boolean | undefined;
  /** Alters what is relayed, for tests and demonstrations. */
  readonly intercept?: RelayOptions["intercept"] | undefined;
}

export interface Coordinator {
  readonly port: number;
  /**
   * Resolves when it has stopped: after close, or after `sessions` sessions. Rejects with the
   * first failed session's error when `sessions` was given.
   */
  readonly ended: Promise<void>;
  /** Other pairs are trusted from now on; running sessions of pairs that no longer are end. */
  trust(pairs: readonly TrustedPair[]): void;
  /** Tells the parties of running sessions, then stops. */
  close(): Promise<void>;
}
