import { type ErrorCode, MoongateError } from "@moongate/errors";
import { type ChildEnd, succeeded } from "./child.ts";

/** What a process says when another one is at fault, from "was told so" to "had to guess". */
const FOLLOW_UP: Partial<Record<ErrorCode, number>> = {
  PEER_TIMEOUT: 2,
  PEER_LOST: 3,
  LINK_CLOSED: 3,
  CONNECT_FAILED: 3,
  PEER_ABORTED: 4,
};

/**
 * The failures among the ends as refusals, the root cause first: a process that was killed or
 * that refused for a reason of its own comes before those that only lost their peer. What the
 * driver stopped because others had failed comes last.
 */
export function failuresByCause(ends: readonly ChildEnd[]): MoongateError[] {
  return ends
    .filter((end) => !succeeded(end))
    .map((end) => ({ rank: rankOf(end), error: errorOf(end) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ error }) => error);
}

function rankOf(end: ChildEnd): number {
  if (end.refusal !== undefined) return FOLLOW_UP[end.refusal.code] ?? 1;
  return end.stopped === true ? 5 : 0;
}

function errorOf(end: ChildEnd): MoongateError {
  const { refusal, role } = end;
  const details = { process: role };
  if (refusal !== undefined) {
    const { code, cause, cure } = refusal;
    return new MoongateError(code, `${role}: ${cause}`, { cure, details });
  }
  if (end.stopped === true) {
    return new MoongateError("PEER_LOST", `${role}: stopped, as the others had ended`, { details });
  }
  const how = end.signal === null ? `status ${end.status ?? "unknown"}` : `signal ${end.signal}`;
  const words = end.words.trim().split("\n").at(-1) ?? "";
  return new MoongateError(
    "PEER_LOST",
    `${role}: the process ended by itself with ${how}${words === "" ? "" : ` (${words})`}`,
    { details },
  );
}
