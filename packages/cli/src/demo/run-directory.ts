import { chmod, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { MoongateError } from "@moongate/errors";
import { makeFolder, writeWhole } from "@moongate/files";
import { NOTICE_FILE, type RunFiles, runNotice } from "@moongate/federation";

/**
 * The folder for a run's files: the one asked for, or `runs/<UTC time>-<seed>`.
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

const CONFIGURATIONS: RunFiles = {
  "coordinator.toml": ["plain", "its configuration"],
  "media.toml": ["plain", "its configuration"],
  "commerce.toml": ["plain", "its configuration"],
  "coordinator/": [
    "SECRET",
    "its log and views; a corrupt one's view holds the seeds of all masks",
  ],
  "media/": ["SECRET", "its own run directory, with a README.txt"],
  "commerce/": ["SECRET", "its own run directory, with a README.txt"],
};

export type RunKind = "demo" | "prediction" | "alone";

/** What runs of this machine are, and what each may leave. */
const RUNS: Readonly<Record<RunKind, { readonly what: string; readonly files: RunFiles }>> = {
  demo: {
    what: "a demo, which has all three processes on one machine",
    files: {
      "report.html": ["PRIVATE", "this run in words and pictures, for a browser"],
      "result.json": ["plain", "what the session came to, with the oracles that a demo can have"],
      "pooled-scores.csv": ["PRIVATE", "ids, labels and scores by the pooled oracle"],
      ...CONFIGURATIONS,
      "keys/": ["SECRET", "keys and certificates of the three processes"],
      "registers/": ["SECRET", "what each party remembers of sessions, as keyed hashes of users"],
      "predictions/": ["SECRET", "sessions that scored new rows by this run's model"],
    },
  },
  prediction: {
    what: "a prediction by a demo's model, with all three processes on one machine",
    files: CONFIGURATIONS,
  },
  alone: {
    what: "a demo without a session",
    files: { "result.json": ["plain", "what the models came to"] },
  },
};

/**
 * Makes the folder for its owner alone (0700), with a notice of what it will hold.
 * @throws MoongateError FILE_EXISTS.
 */
export async function makeRunDirectory(directory: string, kind: RunKind): Promise<void> {
  await requireEmpty(directory);
  await makeFolder(directory);
  await chmod(directory, 0o700);
  const { what, files } = RUNS[kind];
  const notice = runNotice(`The run directory of ${what}.`, files);
  await writeWhole(join(directory, NOTICE_FILE), notice, { replace: false });
}

function isErrno(thrown: unknown, code: string): boolean {
  return thrown instanceof Error && "code" in thrown && thrown.code === code;
}
