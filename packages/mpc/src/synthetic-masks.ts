import { concat, hkdf, hmac, macKey, sha256, startHmac, utf8 } from "@moongate/crypto";
import { type MaskSource, MaskStreams } from "./masks.ts";
import { ScoreOffsets } from "./noise/score-offsets.ts";
import type { Side } from "./side.ts";

/** Bytes of a secret, of a commitment and of a mask key. */
export const SECRET_BYTES = 32;
/** Bytes of the commitment to one row. */
export const ROW_TAG_BYTES = 16;

/**
 * Masks that are a function of all they will ever cover: the idea of a synthetic nonce (SIV,
 * RFC 5297; GCM-SIV, RFC 8452) for one-time pads, so that a computation can be repeated bit for
 * bit although each result depends on its masks in the last place.
 *
 * 1. Each party commits to what it puts in: HMAC-SHA256, under a key of its own, of its rows, its
 *    shares and the public context. To others that tells equality with an earlier commitment and
 *    nothing else.
 * 2. The digest is SHA-256 of the context and both commitments.
 * 3. Each party's mask key is HKDF-SHA256(its secret, digest). It gives that key to the dealer and
 *    to nobody else; of other digests' keys the dealer learns nothing.
 *
 * Why that is as safe as fresh masks, among parties that follow the protocol: what a party opens is
 * a function of both parties' inputs, the context and the masks. Another input means another digest
 * and so independent masks, hence no mask ever covers two values. The same inputs mean the same
 * masks, hence the same openings word for word, which say nothing that was not said the first time.
 * The equality itself is disclosed. (A party that commits to its old rows and then computes with
 * others breaks this, as it breaks other promises of the semi-honest model: see SECURITY.md.)
 */
export class SyntheticMasks {
  readonly #secret: Uint8Array;

  /** @param secret 32 bytes that only this party has, made for one model and kept with it. */
  constructor(secret: Uint8Array) {
    this.#secret = secret;
  }

  /** 32 bytes: this party's commitment to the parts, in that context. */
  commit(context: string, parts: readonly Uint8Array[]): Uint8Array {
    const mac = startHmac(macKey(this.#derive("commitment")));
    for (const part of [utf8(context), ...parts]) {
      const length = new Uint8Array(8);
      new DataView(length.buffer).setBigUint64(0, BigInt(part.length), true);
      mac.update(length).update(part);
    }
    return mac.digest();
  }

  /**
   * 16 bytes a row: commitments to single rows, the same for the same row in whatever company. They
   * tell how often a row changed, and nothing else.
   */
  commitRows(rows: number, bytes: Uint8Array): Uint8Array {
    const key = macKey(this.#derive("row commitment"));
    const each = bytes.length / rows;
    const tags = new Uint8Array(rows * ROW_TAG_BYTES);
    for (let row = 0; row < rows; row++) {
      const own = bytes.subarray(row * each, (row + 1) * each);
      tags.set(hmac(key, own).subarray(0, ROW_TAG_BYTES), row * ROW_TAG_BYTES);
    }
    return tags;
  }

  /** What this party adds to logits where it is media. */
  scoreOffsets(): ScoreOffsets {
    return new ScoreOffsets(this.#derive("score offsets"));
  }

  /** 32 bytes: the key of this party's masks for everything under that digest. */
  key(digest: Uint8Array): Uint8Array {
    return this.#derive("mask key", digest);
  }

  #derive(purpose: string, context: Uint8Array = new Uint8Array()): Uint8Array {
    const info = concat(utf8(`moongate/1 synthetic ${purpose} `), context);
    return hkdf(this.#secret, "", info, SECRET_BYTES);
  }
}

/** The digest that both parties derive their mask keys from. */
export function jointDigest(
  context: string,
  commitments: Readonly<Record<Side, Uint8Array>>,
): Uint8Array {
  return sha256(commitments.media, commitments.commerce, context);
}

/** The masks of one key, which exists for one digest and so for one computation. */
export const streamsOfKey = (key: Uint8Array): MaskSource =>
  new MaskStreams(key, { session: "synthetic", incarnation: 0 });
