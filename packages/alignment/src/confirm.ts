import { equalBytes, startHmac, utf8 } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import type { Link } from "@moongate/transport/ports";
import { deriveKey, idAt, inTurns } from "./hash.ts";
import { DEFAULT_TIMEOUT_MS } from "./records.ts";

const CONFIRM = "psisum";

/**
 * Both parties check, inside the inner channel, that they hold the same ids in the same order:
 * each sends HMAC-SHA256 of the ordered ids under a key of the pair. A coordinator that returned
 * wrong positions is found out here, before the first row is used. Costs 32 bytes each way.
 * @throws MoongateError ALIGNMENT_MISMATCH, FRAME_INVALID, PEER_TIMEOUT, or what ended the link.
 */
export async function confirmOrder(options: {
  /** The inner channel to the other party. */
  readonly link: Link;
  readonly pairKey: Uint8Array;
  readonly ids: readonly string[];
  /** Own row numbers (from 0) in the common order. */
  readonly rows: Uint32Array;
  readonly timeoutMs?: number | undefined;
}): Promise<void> {
  const { link, ids, rows, timeoutMs = DEFAULT_TIMEOUT_MS } = options;
  const hmac = startHmac(deriveKey(options.pairKey, "confirm-order"));
  await inTurns(rows, (row) => {
    const id = utf8(idAt(ids, row));
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, id.length, true);
    hmac.update(length).update(id);
  });
  const own = hmac.digest();
  const [, theirs] = await Promise.all([
    link.send(CONFIRM, own),
    link.receive(CONFIRM, { timeoutMs }),
  ]);
  if (theirs.length !== own.length) {
    throw new MoongateError("FRAME_INVALID", `${link.peer} confirmed with ${theirs.length} bytes`, {
      details: { kind: CONFIRM, field: "length" },
    });
  }
  if (equalBytes(own, theirs)) return;
  throw new MoongateError("ALIGNMENT_MISMATCH", `${link.peer} holds other rows or another order`);
}
