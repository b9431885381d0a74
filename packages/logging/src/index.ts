export type { Logger } from "pino";
export { createLog, logFile, openLog, type ProcessName } from "./log.ts";
