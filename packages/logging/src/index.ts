export type { Logger } from "pino";
export { createLog, logFile, openLog, type ProcessName, REDACTED } from "./log.ts";
