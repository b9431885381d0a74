import { readFile } from "node:fs/promises";
import { MoongateError } from "@moongate/errors";
import { z } from "zod";
import type { RunDirectory } from "../../run-directory.ts";
import { coveredSchema } from "./covered.ts";

/** In the run directory of a party whose split training came to its end, for its owner alone. */
export const NOISE_KEY_FILE = "noise.key";

const CURE = "Name the noise.key of a split training that came to its end, or leave it out.";

const keptNoiseSchema = z.strictObject({
  format: z.literal("moongate-noise-key"),
  /** Raised when the meaning of what follows changes. */
  version: z.literal(1),
  /** 32 bytes: see `noiseKey`. */
  key: z.hex().length(64).transform(bytesOf("hex")),
  covered: coveredSchema,
  /** See `SentFrames`. */
  sent: z.base64().transform(bytesOf("base64")),
});

/**
 * A noise key with what its noise went over, and what crossed: enough to repeat that training, and
 * to refuse any other. The same noise on other data would show what changed.
 */
export type KeptNoise = Pick<z.output<typeof keptNoiseSchema>, "key" | "covered" | "sent">;

/** Written when the training is over: a training that stopped half-way cannot be repeated. */
export async function keepNoise(run: RunDirectory, kept: KeptNoise): Promise<void> {
  await run.writeJson(NOISE_KEY_FILE, {
    format: "moongate-noise-key",
    version: 1,
    key: Buffer.from(kept.key).toString("hex"),
    covered: kept.covered,
    sent: Buffer.from(kept.sent).toString("base64"),
  } satisfies z.input<typeof keptNoiseSchema>);
}

/**
 * What a run kept in that file; undefined without a file to read.
 * @throws MoongateError FILE_MISSING, KEYS_INVALID; what the file holds is never quoted.
 */
export async function readNoiseKey(file: string | undefined): Promise<KeptNoise | undefined> {
  if (file === undefined) return undefined;
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new MoongateError("FILE_MISSING", `the noise key ${file} cannot be read`, {
      cure: CURE,
      cause,
    });
  });
  const found = keptNoiseSchema.safeParse(parsed(text));
  if (found.success) return found.data;
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
