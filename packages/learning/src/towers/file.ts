import { createHash, randomBytes } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { MoongateError } from "@moongate/errors";
import type { Engine } from "../engine/engine.ts";
import { decodeTower, encodeTower } from "./encoding.ts";
import { type Tower, towerOn } from "./tower.ts";

const CHECKSUM_BYTES = 32;

/**
 * Writes a tower to a file that only its owner may read, whole or not at all: the encoding, then
 * its SHA-256, which finds damage, not forgery.
 */
export async function saveTower(path: string, { state }: Tower): Promise<void> {
  const content = encodeTower(state);
  const aside = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    const file = await open(aside, "wx", 0o600);
    try {
      await file.writeFile(Buffer.concat([content, checksum(content)]));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (thrown) {
    await rm(aside, { force: true });
    throw thrown;
  }
}

/**
 * Reads a saved tower; it embeds bit for bit as before on the same engine.
 *
 * @throws FILE_MISSING; TOWER_INVALID if the file is damaged, or of another kind or version.
 */
export async function loadTower(path: string, engine: Engine): Promise<Tower> {
  const bytes = await readFile(path).catch((thrown: unknown) => {
    const cause = `the local model ${path} cannot be read`;
    throw new MoongateError("FILE_MISSING", cause, { cause: thrown });
  });
  const content = bytes.subarray(0, Math.max(0, bytes.length - CHECKSUM_BYTES));
  if (!checksum(content).equals(bytes.subarray(content.length))) {
    throw new MoongateError("TOWER_INVALID", `the local model ${path} is damaged`);
  }
  return towerOn(engine, decodeTower(content));
}

function checksum(content: Buffer): Buffer {
  return createHash("sha256").update(content).digest();
}
