import { hkdfSync, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { MoongateError } from "@moongate/errors";
import type { Session } from "../session.ts";

const CURE = "Name the noise.key of a run, or leave it out.";
export const NOISE_KEY_BYTES = 32;
/** In the run directory, 64 hex digits. */
export const NOISE_KEY_FILE = "noise.key";

/**
 * The party's secret of a split session, random unless given: the start of its half and the noise
 * of its defences are derived of it. It is kept in the run directory, for its owner alone, so that
 * the run can be repeated. The other party, had it this key, would take the noise off.
 * @throws MoongateError KEYS_INVALID for a key of another length.
 */
export async function noiseKey({ options, run }: Session): Promise<Uint8Array> {
  const key = options.noiseKey ?? randomBytes(NOISE_KEY_BYTES);
  if (key.length !== NOISE_KEY_BYTES) {
    throw new MoongateError("KEYS_INVALID", `a noise key has ${key.length} bytes, not 32`, {
      cure: CURE,
    });
  }
  await run.write(NOISE_KEY_FILE, `${Buffer.from(key).toString("hex")}\n`);
  return Uint8Array.from(key);
}

/**
 * The key in a file that a run left; undefined without one.
 * @throws MoongateError FILE_MISSING, KEYS_INVALID
 */
export async function readNoiseKey(file: string | undefined): Promise<Uint8Array | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new MoongateError("FILE_MISSING", `the noise key ${file} cannot be read`, { cause });
  });
  const hex = text.trim();
  if (/^[0-9a-f]{64}$/.test(hex)) return Uint8Array.from(Buffer.from(hex, "hex"));
  throw new MoongateError("KEYS_INVALID", `${file} holds no noise key of 64 hex digits`, {
    cure: CURE,
  });
}

/**
 * The seed of the party's own start. The joint seed is public, and who knows media's first layer
 * can solve its first embeddings for its features.
 */
export const startSeedOf = (key: Uint8Array): string =>
  Buffer.from(hkdfSync("sha256", key, "", "moongate/1 start of a half", 32)).toString("hex");
