import { hkdf, hmac, type MacKey, macKey } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import { pause } from "./pause.ts";

/** Bytes of a tag: 128 bits, so that two of 2^24 ids collide with probability below 2^-80. */
export const TAG_BYTES = 16;

/** What a derived key is for. Every use of a secret has a label of its own. */
export type Purpose =
  | "keyed-tag"
  | "keyed-decoy"
  | "ecdh-hash-to-curve"
  | "row-order"
  | "confirm-order";

/**
 * HKDF-SHA256 (RFC 5869) of a shared value for one purpose, as a key for HMAC-SHA256.
 * @throws MoongateError INTERNAL when the value is empty.
 */
export function deriveKey(secret: Uint8Array, purpose: Purpose): MacKey {
  if (secret.length === 0) throw new MoongateError("INTERNAL", "a key to derive from is empty");
  const info = `moongate/1 alignment ${purpose}`;
  return macKey(hkdf(secret, "", info, 32));
}

/** HMAC-SHA256 of one id (UTF-8): 32 bytes. */
export function hashId(key: MacKey, id: string): Uint8Array {
  return hmac(key, id);
}

/** Ids hashed between two turns of the event loop: about 10 ms. */
const IDS_A_TURN = 4096;

/**
 * The first `bytes` of the HMAC of each row's id, one after the other, with pauses.
 * @param rows indices into `ids`, in the order of the result.
 */
export async function hashRows(
  key: MacKey,
  ids: readonly string[],
  rows: Uint32Array,
  bytes: number,
): Promise<Uint8Array> {
  const out = new Uint8Array(rows.length * bytes);
  await inTurns(rows, (row, at) => {
    out.set(hashId(key, idAt(ids, row)).subarray(0, bytes), at * bytes);
  });
  return out;
}

/** Computes one value for each row's id, and yields to other work in between. */
export async function inTurns(
  rows: Uint32Array,
  each: (row: number, at: number) => void,
): Promise<void> {
  for (let first = 0; first < rows.length; first += IDS_A_TURN) {
    if (first > 0) await pause();
    rows.subarray(first, first + IDS_A_TURN).forEach((row, at) => {
      each(row, first + at);
    });
  }
}

/** The id of a row that must exist. */
export function idAt(ids: readonly string[], row: number): string {
  const id = ids[row];
  if (id === undefined) throw new MoongateError("INTERNAL", `there is no row ${row}`);
  return id;
}
