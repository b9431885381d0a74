import { hkdfSync, randomBytes } from "node:crypto";
import { MoongateError } from "@moongate/errors";
import type { SessionOptions } from "../../options.ts";
import type { Session } from "../session.ts";

export const NOISE_KEY_BYTES = 32;
/** In the run directory, 64 hex digits. */
export const NOISE_KEY_FILE = "noise.key";

/**
 * The party's secret of a split session, random unless given: the start of its half and the noise
 * of its defences are derived of it. It is kept in the run directory, for its owner alone, so that
 * the run can be repeated. The other party, had it this key, would take the noise off.
 * @throws MoongateError KEYS_INVALID for a key of another length.
 */
export async function noiseKey({ options, run }: Session<SessionOptions>): Promise<Uint8Array> {
  const key = options.noiseKey ?? randomBytes(NOISE_KEY_BYTES);
  if (key.length !== NOISE_KEY_BYTES) {
    throw new MoongateError("KEYS_INVALID", `a noise key has ${key.length} bytes, not 32`, {
      cure: "Use the noise.key of a run, or leave it out.",
    });
  }
  await run.write(NOISE_KEY_FILE, `${Buffer.from(key).toString("hex")}\n`);
  return Uint8Array.from(key);
}

/**
 * The seed of the party's own start. The joint seed is public, and who knows media's first layer
 * can solve its first embeddings for its features.
 */
export const startSeedOf = (key: Uint8Array): string =>
  Buffer.from(hkdfSync("sha256", key, "", "moongate/1 start of a half", 32)).toString("hex");
