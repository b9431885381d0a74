import { CATALOG, type ErrorCode } from "./catalog.ts";

/** What each code may depend on that crosses between processes; none of it is private data. */
export type Depends =
  | "the line: who is reachable, alive and in time"
  | "certificates"
  | "what the other process sent"
  | "versions, names, plans and configurations"
  | "names, plans, configurations, rows of a table, and counts of earlier sessions"
  | "the number of joint users, which both learn"
  | "the joint users of this and of earlier trainings"
  | "shares of a model, by what both say of them"
  | "the user's wish to stop"
  | "nothing: one code for whatever a process finds in its own data, files and machine";

const LINE = "the line: who is reachable, alive and in time";
const SENT = "what the other process sent";
const AGREED = "versions, names, plans and configurations";
const COUNTED = "names, plans, configurations, rows of a table, and counts of earlier sessions";

/**
 * The codes that may leave a process, and what each depends on. No ending may tell of labels,
 * features, scores or shares: a peer that chooses which rows meet could read them from it, one
 * question a session. Every other code crosses as PARTY_STOPPED, and is told on the own terminal.
 */
export const CROSSING = {
  CONNECT_FAILED: LINE,
  PEER_LOST: LINE,
  PEER_ABORTED: LINE,
  PEER_TIMEOUT: LINE,
  LINK_CLOSED: LINE,
  COORDINATOR_BUSY: LINE,
  PEER_UNTRUSTED: "certificates",
  FRAME_INVALID: SENT,
  FRAME_TOO_LARGE: SENT,
  FRAME_TAMPERED: SENT,
  DEAL_ALTERED: SENT,
  MESSAGE_INVALID: SENT,
  VERSION_MISMATCH: AGREED,
  SESSION_REFUSED: COUNTED,
  ALIGNMENT_EMPTY: "the number of joint users, which both learn",
  ALIGNMENT_TOO_SMALL: "the number of joint users, which both learn",
  DIFFERENCE_TOO_SMALL: "the joint users of this and of earlier trainings",
  ALIGNMENT_MISMATCH: SENT,
  MODEL_MISMATCH: "shares of a model, by what both say of them",
  INTERRUPTED: "the user's wish to stop",
  PARTY_STOPPED:
    "nothing: one code for whatever a process finds in its own data, files and machine",
} as const satisfies Partial<Record<ErrorCode, Depends>>;

export type CrossingCode = keyof typeof CROSSING;

/** The code by which other processes hear of an error. */
export function crossingCode(code: ErrorCode): CrossingCode {
  return isCrossing(code) ? code : "PARTY_STOPPED";
}

/** Recognises a code, sent by a peer, that may cross. */
export function isCrossing(code: string): code is CrossingCode {
  return Object.hasOwn(CATALOG, code) && Object.hasOwn(CROSSING, code);
}
