import type { MacKey } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import { deriveKey, hashId } from "./hash.ts";

/** Decoys that each party adds to its list unless the plan says otherwise. */
export const DECOYS = 64;

/** The key of a pair's decoys: of the pair key, under a label of its own, so that none is an id's tag. */
export function decoyKey(pairKey: Uint8Array): MacKey {
  return deriveKey(pairKey, "keyed-decoy");
}

/** The tag of one decoy: to whoever lacks the pair key, it looks like the tag of an id. */
export function decoyTag(key: MacKey, index: number): Uint8Array {
  return hashId(key, String(index));
}

/**
 * Refuses an answer in which a decoy is missing. Both parties sent all of them, so that the
 * coordinator left out matches, or one party does not follow the protocol.
 * @throws MoongateError MATCHES_LEFT_OUT
 */
export function requireDecoys(found: number, sent: number): void {
  if (found === sent) return;
  throw new MoongateError(
    "MATCHES_LEFT_OUT",
    `the coordinator returned ${found} of the ${sent} decoys that both parties had sent`,
  );
}
