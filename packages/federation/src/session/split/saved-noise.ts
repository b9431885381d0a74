import { readFile } from "node:fs/promises";
import { MoongateError } from "@moongate/errors";
import { z } from "zod";
import type { RunDirectory } from "../../run-directory.ts";
import { type NoiseFingerprint, noiseFingerprintSchema } from "./noise-fingerprint.ts";

/** The file in the run directory of a party whose split training came to its end. */
export const NOISE_KEY_FILE = "noise.key";

const CURE = "Name the noise.key of a split training that came to its end, or leave it out.";

const savedNoiseSchema = z.strictObject({
  format: z.literal("moongate-noise-key"),
  /** The version of this file; it rises when the meaning of what follows changes. */
  version: z.literal(1),
  /** 32 bytes: see `noiseKey`. */
  key: z.hex().length(64).transform(bytesOf("hex")),
  covered: noiseFingerprintSchema,
  /** The tags of all sent frames: see `SentFrames`. */
  sent: z.base64().transform(bytesOf("base64")),
});

/**
 * A noise key with the fingerprint of its inputs and the tags of what was sent: enough to repeat
 * that training, and to refuse any other. The same noise on other data would show what changed.
 */
export interface SavedNoise {
  readonly key: Uint8Array;
  readonly fingerprint: NoiseFingerprint;
  readonly sent: Uint8Array;
}

/** Writes the file when training is over: a training that stopped half-way cannot be repeated. */
export async function saveNoise(run: RunDirectory, noise: SavedNoise): Promise<void> {
  await run.writeJson(NOISE_KEY_FILE, {
    format: "moongate-noise-key",
    version: 1,
    key: Buffer.from(noise.key).toString("hex"),
    covered: noise.fingerprint,
    sent: Buffer.from(noise.sent).toString("base64"),
  } satisfies z.input<typeof savedNoiseSchema>);
}

/**
 * Reads what a run saved in that file; undefined without a file to read.
 * @throws MoongateError FILE_MISSING, KEYS_INVALID; what the file holds is never quoted.
 */
export async function readNoiseKey(file: string | undefined): Promise<SavedNoise | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new MoongateError("FILE_MISSING", `the noise key ${file} cannot be read`, {
      cure: CURE,
      cause,
    });
  });
  const found = savedNoiseSchema.safeParse(parsed(text));
  if (found.success) {
    const { key, covered: fingerprint, sent } = found.data;
    return { key, fingerprint, sent };
  }
  throw new MoongateError("KEYS_INVALID", `${file} holds no noise key of this version`, {
    cure: `${CURE} It is used as the run left it.`,
  });
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function bytesOf(encoding: "hex" | "base64"): (text: string) => Uint8Array {
  return (text) => Uint8Array.from(Buffer.from(text, encoding));
}
