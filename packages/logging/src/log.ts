import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type DestinationStream, destination, type Logger, pino } from "pino";

/** Names under which something secret or personal could be logged by mistake, one level deep. */
const PRIVATE = [
  "key",
  "keys",
  "pairKey",
  "orderKey",
  "privateKeyPem",
  "secret",
  "seedBytes",
  "share",
  "shares",
  "mask",
  "masks",
  "id",
  "ids",
  "labels",
  "features",
  "values",
  "scores",
  "identity",
  "payload",
] as const;

/** The paths that every log of this project redacts. */
export const REDACTED: readonly string[] = PRIVATE.flatMap((name) => [
  name,
  `*.${name}`,
  `*.*.${name}`,
]);

/** The process whose log it is; every line says so. */
export type ProcessName = "media" | "commerce" | "coordinator";

/** A process's structured log: one JSON document a line, private fields redacted. */
export function createLog(process: ProcessName, stream: DestinationStream): Logger {
  return pino(
    {
      base: { process },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: [...REDACTED], censor: "[redacted]" },
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
}

/** A log file for its owner alone; written at once, so that nothing is lost when a process ends. */
export function logFile(path: string): DestinationStream {
  return destination({ dest: path, sync: true, mode: 0o600, mkdir: false });
}

/** A process's log as log.ndjson in a folder that is made if absent (0700). */
export function openLog(process: ProcessName, directory: string): Logger {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return createLog(process, logFile(join(directory, "log.ndjson")));
}
