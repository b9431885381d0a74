import { at } from "@moongate/errors";
import { type Scalar, utf8 } from "@moongate/crypto";
import type { Link } from "@moongate/transport/ports";
import { orderRows } from "./arrange.ts";
import { hashToCurve, POINT_BYTES } from "./curve.ts";
import { deriveKey, idAt, TAG_BYTES } from "./hash.ts";
import { intersect } from "./intersect.ts";
import { pause, type Progress } from "./pause.ts";
import {
  DEFAULT_TIMEOUT_MS,
  MAX_IDS,
  openRecords,
  receiveRecords,
  type RecordFormat,
  refuseTooMany,
  sendHeader,
} from "./records.ts";
import { randomPermutation, type RandomSource, systemRandom } from "./shuffle.ts";
import { multiply, newScalar } from "./x25519.ts";

/** Own points under the own scalar. Small frames: computing a point takes as long as 1 MB on a wire. */
export const BLINDED: RecordFormat = { kind: "ecblind", width: POINT_BYTES, perFrame: 1024 };
/** The peer's points under both scalars, back in the order they came: the first 128 bits. */
export const DOUBLED: RecordFormat = { kind: "ectwice", width: TAG_BYTES, perFrame: 1024 };

/** Points computed between two turns of the event loop: about 5 ms. */
const POINTS_A_TURN = 32;

export interface EcdhOptions {
  /** The inner channel to the other party. */
  readonly link: Link;
  readonly role: "media" | "commerce";
  /** The session's name or public seed: points of different sessions differ. Not secret. */
  readonly session: string;
  /** What the common order is derived from; the session's public seed will do. */
  readonly orderKey: Uint8Array;
  /** The party's normalised ids, in row order: normaliseIds made them. */
  readonly ids: readonly string[];
  /** Patience between two frames. */
  readonly timeoutMs?: number | undefined;
  readonly random?: RandomSource | undefined;
  /** Receives the multiplications done and to do, the peer's included once it has said how many. */
  readonly onProgress?: Progress | undefined;
}

/**
 * Private set intersection by Diffie-Hellman (Meadows, IEEE S&P 1986; Huberman, Franklin, Hogg,
 * EC 1999) on Curve25519, u-coordinates only. Both parties run this, at the same time.
 *
 * 1. Draw a secret scalar a and a random order of the own ids.
 * 2. Send a H(x) for every own id x, in that order.
 * 3. For every point Q received compute a Q; keep its first 128 bits and send them back in the
 *    order received.
 * 4. Own id number i is common when the answer to the i-th point is among the values kept in 3.
 * 5. Undo the shuffle; sort by the keyed hash of the id.
 *
 * The values kept in 3 are in the peer's random order, so a party learns which of its own ids
 * are common, and of the peer's others only how many there are.
 * @returns own row numbers (from 0) of the common ids, in the common order.
 * @throws MoongateError FRAME_INVALID, FRAME_TOO_LARGE, MESSAGE_INVALID for points of low order
 *   or sent twice, PEER_TIMEOUT, or what ended the link.
 */
export async function alignEcdh(options: EcdhOptions): Promise<Uint32Array> {
  const { link, role, ids, random = systemRandom } = options;
  refuseTooMany(ids.length);
  const work: Work = {
    ...options,
    peer: role === "media" ? "commerce" : "media",
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    scalar: newScalar(random),
    count: progressCounter(ids.length, options.onProgress),
  };
  const sent = randomPermutation(ids.length, random);
  const [, theirs, own] = await Promise.all([
    sendBlinded(work, sent),
    answer(work),
    receiveRecords(link, DOUBLED, { ...limits(work), maxRecords: ids.length, exactly: true }),
  ]);
  const common = intersect(own, theirs).left.map((position) => at(sent, position));
  return orderRows(ids, options.orderKey, common);
}

interface Work extends EcdhOptions {
  readonly peer: "media" | "commerce";
  readonly timeoutMs: number;
  readonly scalar: Scalar;
  readonly count: ReturnType<typeof progressCounter>;
}

const limits = ({ timeoutMs, peer }: Work) => ({ timeoutMs, maxRecords: MAX_IDS, from: peer });

/** Step 2. */
async function sendBlinded(work: Work, sent: Uint32Array): Promise<void> {
  const { link, ids, scalar } = work;
  const key = deriveKey(utf8(work.session), "ecdh-hash-to-curve");
  await sendHeader(link, BLINDED, sent.length, work.role);
  for (let first = 0; first < sent.length; first += BLINDED.perFrame) {
    const rows = sent.subarray(first, first + BLINDED.perFrame);
    const points = await compute(rows.length, POINT_BYTES, (index) =>
      multiply(scalar, hashToCurve(key, idAt(ids, at(rows, index)))),
    );
    await link.send(BLINDED.kind, points);
    work.count.done(rows.length);
  }
}

/** Step 3. @returns what was sent back: 16 bytes a point of the peer. */
async function answer(work: Work): Promise<Uint8Array> {
  const { link, scalar } = work;
  const incoming = await openRecords(link, BLINDED, limits(work));
  work.count.more(incoming.count);
  const kept = new Uint8Array(incoming.count * TAG_BYTES);
  await sendHeader(link, DOUBLED, incoming.count, work.role);
  for await (const { first, bytes } of incoming.frames) {
    const points = bytes.length / POINT_BYTES;
    const doubled = await compute(points, TAG_BYTES, (at) =>
      multiply(scalar, bytes.subarray(at * POINT_BYTES, (at + 1) * POINT_BYTES)),
    );
    kept.set(doubled, first * TAG_BYTES);
    await link.send(DOUBLED.kind, doubled);
    work.count.done(points);
  }
  return kept;
}

/** The first `width` bytes of each of `count` points, with pauses. */
async function compute(
  count: number,
  width: number,
  point: (at: number) => Uint8Array,
): Promise<Uint8Array> {
  const out = new Uint8Array(count * width);
  for (let at = 0; at < count; at++) {
    out.set(point(at).subarray(0, width), at * width);
    if (at % POINTS_A_TURN === POINTS_A_TURN - 1) await pause();
  }
  return out;
}

function progressCounter(own: number, onProgress: Progress | undefined) {
  let [done, total] = [0, own];
  return {
    more: (count: number): void => {
      total += count;
    },
    done: (count: number): void => {
      done += count;
      onProgress?.(done, total);
    },
  };
}
