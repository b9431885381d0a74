import { MoongateError } from "@moongate/errors";
import { type Abort, abortOf, cameByAbort, refusalOf } from "@moongate/messages";
import type { Seat } from "./seat.ts";

/** What ended a session before its time. */
export interface SessionFailure {
  readonly error: MoongateError;
  /** What the parties are told. */
  readonly abort: Abort;
  /** The party that said so itself, and need not be told. */
  readonly said?: Seat | undefined;
}

/** A failure the coordinator found out itself. */
export const ownFailure = (error: MoongateError): SessionFailure => ({
  error,
  abort: abortOf(error, "coordinator"),
});

/** The reason why a party's control channel ended, as the other party shall hear it. */
export function partyFailure(seat: Seat, error: MoongateError): SessionFailure {
  const { abort } = seat.control;
  if (abort !== undefined && cameByAbort(error)) {
    // A party speaks for itself alone, whoever it says it is.
    const own = { ...abort, by: seat.role };
    return { error: refusalOf(own), abort: own, said: seat };
  }
  const gone = ["PEER_LOST", "LINK_CLOSED", "PEER_ABORTED"].includes(error.code);
  if (!gone) return ownFailure(error);
  const lost = new MoongateError("PEER_LOST", `${seat.role} went away during ${phaseOf(seat)}`, {
    cause: error,
    details: { peer: seat.role },
  });
  return ownFailure(lost);
}

const phaseOf = (seat: Seat): string => seat.control.phase ?? "join";
