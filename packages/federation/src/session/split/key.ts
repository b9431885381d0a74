import { hkdfSync, randomBytes } from "node:crypto";
import { MoongateError } from "@moongate/errors";

export const NOISE_KEY_BYTES = 32;

/**
 * The party's secret in a split session, random unless given. The initial weights of its half and
 * the noise of its defences are derived from it: the other party, had it this key, could subtract
 * the noise.
 * @throws MoongateError KEYS_INVALID for a key of another length.
 */
export function noiseKey(given?: Uint8Array): Uint8Array {
  const key = given ?? randomBytes(NOISE_KEY_BYTES);
  if (key.length === NOISE_KEY_BYTES) return Uint8Array.from(key);
  throw new MoongateError("KEYS_INVALID", `a noise key has ${key.length} bytes, not 32`, {
    cure: "Leave it out: a random one is drawn.",
  });
}

/**
 * The seed of the initial weights of the party's half. The joint seed is public, and somebody who
 * knows media's first layer can solve its first embeddings for its features.
 */
export const startSeedOf = (key: Uint8Array): string =>
  Buffer.from(derived(key, "start of a half")).toString("hex");

/** 32 bytes for one use of the key. */
export const derived = (key: Uint8Array, use: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", key, "", `moongate/1 ${use}`, 32));
