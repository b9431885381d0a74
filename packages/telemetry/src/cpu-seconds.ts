import { z } from "zod";
import { PHASES } from "./phases.ts";

/**
 * CPU seconds of one process by phase: user and system time of all its threads, so the garbage
 * collector's helpers are in it, and waiting is not. "total" counts from the process's start.
 */
export const cpuSecondsSchema = z.partialRecord(z.enum([...PHASES, "total"]), z.number().min(0));
export type CpuSeconds = z.infer<typeof cpuSecondsSchema>;
