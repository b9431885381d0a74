import { chmod, mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";

/**
 * A folder for one run, for its owner alone (0700): the one asked for, or `runs/<UTC time>-<seed>`.
 * @throws MoongateError FILE_EXISTS when the folder holds something already.
 */
export async function makeRunDirectory(
  asked: string | undefined,
  seed: string,
  now: Date,
): Promise<string> {
  const directory = resolve(asked ?? join("runs", runName(seed, now)));
  await mkdir(directory, { recursive: true, mode: 0o700 });
  if ((await readdir(directory)).length > 0) {
    throw new MoongateError("FILE_EXISTS", `the folder ${directory} is not empty`, {
      cure: "Choose a new folder with --out, or empty this one.",
    });
  }
  await chmod(directory, 0o700);
  return directory;
}

/** "2026-01-02T03-04-05-678Z-7": sorts by time, and is a file name everywhere. */
function runName(seed: string, now: Date): string {
  const time = now.toISOString().replace(/[:.]/g, "-");
  return `${time}-${seed.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 40)}`;
}
