import { MoongateError } from "@moongate/errors";
import type { Link } from "@moongate/transport/ports";
import { orderRows } from "./arrange.ts";
import { DECOYS, decoyKey, decoyTag, requireDecoys } from "./decoys.ts";
import { deriveKey, hashId, idAt, inTurns, TAG_BYTES } from "./hash.ts";
import type { Progress } from "./pause.ts";
import {
  DEFAULT_TIMEOUT_MS,
  receiveRecords,
  type RecordFormat,
  refuseTooMany,
  sendHeader,
} from "./records.ts";
import { randomPermutation, type RandomSource, systemRandom } from "./shuffle.ts";

/** A party's tags, to the coordinator: frames of 1 MiB. */
export const TAGS: RecordFormat = { kind: "psitag", width: TAG_BYTES, perFrame: 2 ** 16 };
/** Positions of the common tags, back to the party: frames of 1 MiB. */
export const POSITIONS: RecordFormat = { kind: "psirow", width: 4, perFrame: 2 ** 18 };

export interface KeyedOptions {
  /** The connection to the coordinator. */
  readonly link: Link;
  /** The key that the two parties share and nobody else knows, fresh for the session. */
  readonly pairKey: Uint8Array;
  /** What the common order is derived from; the session's public seed will do. */
  readonly orderKey: Uint8Array;
  /** The party's normalised ids, in row order: normaliseIds made them. */
  readonly ids: readonly string[];
  /** Secret entries that both parties add, the same number at both; 0 adds none. */
  readonly decoys?: number | undefined;
  /** Patience between two frames; the other party's hashing is in it. */
  readonly timeoutMs?: number | undefined;
  readonly random?: RandomSource | undefined;
  readonly onProgress?: Progress | undefined;
}

/**
 * A party's side of server-aided private set intersection (Kamara, Mohassel, Raykova, Sadeghian:
 * Scaling Private Set Intersection to Billion-Element Sets, Financial Cryptography 2014, the
 * protocol for a semi-honest server that colludes with nobody).
 *
 * 1. K = HKDF(pair key). tag(id) = HMAC-SHA256(K, id), 128 bits.
 * 2. Add the tags of the decoys, which only the two parties can compute; send all tags to the
 *    coordinator in a fresh random order.
 * 3. Receive the positions of the tags that both parties sent. All decoys must be among them: a
 *    coordinator that leaves out matches for both would have to hit none of them.
 * 4. Undo the shuffle; sort by the keyed hash of the id, so that the order is the same on both
 *    sides and says nothing about what the coordinator did.
 *
 * Deviation from the paper: the decoys.
 * @returns own row numbers (from 0) of the common ids, in the common order.
 * @throws MoongateError MATCHES_LEFT_OUT, FRAME_INVALID, FRAME_TOO_LARGE, MESSAGE_INVALID, PEER_TIMEOUT, or what
 *   ended the link.
 */
export async function alignKeyed(options: KeyedOptions): Promise<Uint32Array> {
  const { link, ids, orderKey, timeoutMs = DEFAULT_TIMEOUT_MS, decoys = DECOYS } = options;
  const sent = randomPermutation(ids.length + decoys, options.random ?? systemRandom);
  await sendTags(options, sent);
  const reply = await receiveRecords(link, POSITIONS, {
    timeoutMs,
    maxRecords: sent.length,
    from: "coordinator",
  });
  const rows = rowsAt(reply, sent);
  const own = rows.filter((row) => row < ids.length);
  requireDecoys(rows.length - own.length, decoys);
  return orderRows(ids, orderKey, own);
}

/**
 * Sends the tags of these rows as one list, in the order given; numbers from the count of the ids on
 * stand for decoys.
 */
export async function sendTags(
  options: Pick<KeyedOptions, "link" | "ids" | "pairKey" | "onProgress">,
  sent: Uint32Array,
): Promise<void> {
  const { link, ids } = options;
  refuseTooMany(sent.length);
  const key = deriveKey(options.pairKey, "keyed-tag");
  const ofDecoys = decoyKey(options.pairKey);
  await sendHeader(link, TAGS, sent.length, "party");
  for (let first = 0; first < sent.length; first += TAGS.perFrame) {
    const rows = sent.subarray(first, first + TAGS.perFrame);
    const tags = new Uint8Array(rows.length * TAG_BYTES);
    await inTurns(rows, (row, at) => {
      const decoy = row - ids.length;
      const tag = decoy < 0 ? hashId(key, idAt(ids, row)) : decoyTag(ofDecoys, decoy);
      tags.set(tag.subarray(0, TAG_BYTES), at * TAG_BYTES);
    });
    await link.send(TAGS.kind, tags);
    options.onProgress?.(first + rows.length, sent.length);
  }
}

/** Positions (32-bit little endian) in the shuffled list as row numbers. */
function rowsAt(positions: Uint8Array, sent: Uint32Array): Uint32Array {
  const view = new DataView(positions.buffer, positions.byteOffset, positions.byteLength);
  const taken = new Uint8Array(sent.length);
  return Uint32Array.from({ length: positions.length / 4 }, (_, at) => {
    const position = view.getUint32(at * 4, true);
    const row = sent[position];
    if (row === undefined || taken[position] === 1) {
      const fault = row === undefined ? "a position that was never sent" : "a position twice";
      throw new MoongateError("MESSAGE_INVALID", `the coordinator returned ${fault}`, {
        details: { kind: POSITIONS.kind, field: "position" },
      });
    }
    taken[position] = 1;
    return row;
  });
}
