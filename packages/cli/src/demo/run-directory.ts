import { chmod, mkdir, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";

/**
 * Where a run's files will go: the folder asked for, or `runs/<UTC time>-<seed>`.
 * "2026-01-02T03-04-05-678Z-7" sorts by time, and is a file name everywhere.
 */
export function runDirectory(asked: string | undefined, seed: string, now: Date): string {
  const name = `${timeName(now)}-${seed.replace(/[^A-Za-z0-9._-]/g, "_").slice(0, 40)}`;
  return resolve(asked ?? join("runs", name));
}

/** "2026-01-02T03-04-05-678Z" */
export const timeName = (now: Date): string => now.toISOString().replace(/[:.]/g, "-");

/** @throws MoongateError FILE_EXISTS when the folder is there and holds something. */
export async function requireEmpty(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: unknown) => {
    if (isErrno(error, "ENOENT")) return [];
    if (!isErrno(error, "ENOTDIR")) throw error;
    throw new MoongateError("FILE_EXISTS", `${directory} is a file`);
  });
  if (names.length === 0) return;
  throw new MoongateError("FILE_EXISTS", `the folder ${directory} is not empty`, {
    cure: "Choose a new folder with --out, or empty this one.",
  });
}

/** Makes the folder for its owner alone (0700). @throws MoongateError FILE_EXISTS. */
export async function makeRunDirectory(directory: string): Promise<void> {
  await requireEmpty(directory);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  await chmod(directory, 0o700);
}

function isErrno(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}
