import { MoongateError } from "@moongate/errors";
import { otherParty, planDigest } from "@moongate/messages";
import { innerChannel, type Link } from "@moongate/transport";
import { agreeToRows } from "../accept.ts";
import { receiveNote, sendNote } from "../notes.ts";
import type { SessionOptions } from "../options.ts";
import type { Connected } from "./connect.ts";
import type { Joined } from "./join.ts";
import type { Session } from "./session.ts";

export interface Channel {
  /** The line to the other party, which the coordinator carries sealed. */
  readonly inner: Link;
  /** 32 bytes that the two parties have and the coordinator does not. */
  readonly pairKey: Uint8Array;
  /** Rows of the other's table. */
  readonly peerRows: number;
}

/**
 * 1. TLS 1.3 through the relay; media is its server, both certificates are pinned.
 * 2. The pair key is exported from it (RFC 8446 section 7.5).
 * 3. Both say which plan and incarnation they were shown: a coordinator that told them different
 *    things is found out here.
 * 4. Each says how long its table is, and refuses the other's if it is too long: before any tag is
 *    sent.
 */
export async function openChannel(
  session: Session<SessionOptions>,
  { outer }: Connected,
  { plan, incarnation }: Joined,
): Promise<Channel> {
  const { options, timeouts, role, failure } = session;
  const bare = await innerChannel(outer, {
    server: role === "media",
    identity: options.identity,
    pinned: options.peer.fingerprint,
    peer: otherParty(role),
    timeoutMs: timeouts.messageMs,
    heartbeat: { heartbeatMs: timeouts.heartbeatMs, deadAfterMs: timeouts.deadAfterMs },
  });
  const inner = options.hooks?.wrapInner?.(bare) ?? bare;
  failure.watchInner(inner);
  const rows = options.data.ids.length;
  await sendNote(inner, { type: "hello", plan: planDigest(plan), incarnation, rows });
  const hello = await receiveNote(inner, "hello", timeouts.messageMs);
  if (hello.plan !== planDigest(plan) || hello.incarnation !== incarnation) {
    throw new MoongateError(
      "SESSION_REFUSED",
      `${inner.peer} was shown another plan or incarnation`,
    );
  }
  const most = options.accept?.maximumPeerRows ?? Number.POSITIVE_INFINITY;
  agreeToRows(role, { name: inner.peer, rows: hello.rows }, most);
  return { inner, pairKey: inner.exportKey("pair key", 32), peerRows: hello.rows };
}
