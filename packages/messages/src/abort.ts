import { CATALOG, crossingCode, type ErrorCode, MoongateError } from "@moongate/errors";
import type { Abort } from "./control.ts";
import type { Role } from "./roles.ts";

/** What the coordinator finds out itself it tells the parties as it is. */
const PASSED_ON: readonly ErrorCode[] = [
  "PEER_LOST",
  "PEER_TIMEOUT",
  "SESSION_REFUSED",
  "VERSION_MISMATCH",
  "MESSAGE_INVALID",
  "FRAME_INVALID",
  "FRAME_TOO_LARGE",
  "PEER_UNTRUSTED",
  "ALIGNMENT_EMPTY",
  "ALIGNMENT_TOO_SMALL",
];

/** Findings about both parties at once: whoever is first to say so, it is the other's as well. */
const MUTUAL: readonly ErrorCode[] = ["ALIGNMENT_EMPTY", "ALIGNMENT_TOO_SMALL", "MODEL_MISMATCH"];

/**
 * The abort message that tells other processes of this refusal. What a process finds in its own data,
 * files and machine crosses as one code and one wording, whatever it was.
 */
export function abortOf(error: MoongateError, by: Role): Abort {
  const code = crossingCode(error.code);
  const open = code !== "PARTY_STOPPED";
  return {
    type: "abort",
    code,
    cause: open
      ? error.message.slice(0, 1000)
      : `${by} stopped for a reason that it keeps to itself`,
    cure: open ? error.cure.slice(0, 1000) : CATALOG.PARTY_STOPPED.cure,
    by,
  };
}

/** The refusal an abort message stands for, at the process that received it. */
export function refusalOf(abort: Abort): MoongateError {
  const details = { by: abort.by, code: abort.code };
  if (abort.by === "coordinator" && PASSED_ON.includes(abort.code)) {
    return new MoongateError(abort.code, abort.cause, { cure: abort.cure, details });
  }
  if (MUTUAL.includes(abort.code)) {
    const { code, cause } = abort;
    return new MoongateError(code, cause, { details });
  }
  const cause = `${abort.by} ended the session: ${abort.code}: ${abort.cause}`;
  return new MoongateError("PEER_ABORTED", cause, { cure: abort.cure, details });
}

/** True if a refusal came from another process, which then need not be told of it. */
export function cameByAbort(error: MoongateError): boolean {
  return error.details.by !== undefined && error.details.code !== undefined;
}
