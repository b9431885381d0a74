import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FinishedSession } from "./session.ts";

/**
 * Leaves one file a session: what the coordinator knew of it and what it saw, counts alone.
 * Written beside and renamed, so that it appears whole.
 */
export async function writeSummary(directory: string, finished: FinishedSession): Promise<string> {
  const { session, incarnation, error, seen } = finished.end;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const file = join(directory, `${session}.${incarnation}.seen.json`);
  const document = {
    format: "moongate-coordinator-summary",
    version: 1,
    session,
    incarnation,
    outcome: error ?? "completed",
    plan: finished.plan ?? null,
    seen,
  };
  await writeFile(`${file}.tmp`, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.tmp`, file);
  return file;
}
