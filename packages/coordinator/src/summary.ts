import { randomBytes } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { FinishedSession } from "./session.ts";

/**
 * Leaves one file a session: what the coordinator knew of it and what it saw, counts alone.
 * Written beside as a new file and renamed, so that it appears whole.
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
  // A new file under a name that nobody can know, so that nothing that lies there is written through.
  const draft = `${file}.${randomBytes(6).toString("hex")}.tmp`;
  const text = `${JSON.stringify(document, null, 2)}\n`;
  await writeFile(draft, text, { mode: 0o600, flag: "wx" });
  await rename(draft, file);
  return file;
}
