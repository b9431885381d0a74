import { join } from "node:path";
import { makeFolder, writeWhole } from "@moongate/files";
import type { FinishedSession } from "./session.ts";

/**
 * Leaves one file a session: what the coordinator knew of it and what it saw, counts alone.
 */
export async function writeSummary(directory: string, finished: FinishedSession): Promise<string> {
  const { session, incarnation, error, seen } = finished.end;
  await makeFolder(directory);
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
  await writeWhole(file, `${JSON.stringify(document, null, 2)}\n`);
  return file;
}
