import { EXIT, type ErrorCode, MoongateError } from "@moongate/errors";
import type { Abort } from "./control.ts";
import type { Role } from "./roles.ts";

/**
 * Refusals whose wording is about the session and may cross. All others may speak of a party's
 * own files, columns or rows: of those only the code crosses.
 */
const ABOUT_SESSION: readonly number[] = [
  EXIT.unavailable,
  EXIT.timeout,
  EXIT.protocol,
  EXIT.permission,
];

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

/** The abort message that tells other processes of this refusal. */
export function abortOf(error: MoongateError, by: Role): Abort {
  const open = ABOUT_SESSION.includes(error.exitStatus) || error.code === "ALIGNMENT_EMPTY";
  return {
    type: "abort",
    code: error.code,
    cause: open ? error.message.slice(0, 1000) : `${by} stopped with ${error.code}`,
    cure: open ? error.cure.slice(0, 1000) : `Look at the log of ${by}.`,
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

/** Whether a refusal came from another process, so that there is no need to tell it back. */
export function cameByAbort(error: MoongateError): boolean {
  return error.details.by !== undefined && error.details.code !== undefined;
}
