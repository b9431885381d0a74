export { type CpuSeconds, cpuSecondsSchema } from "./cpu-seconds.ts";
export { paced } from "./pace.ts";
export { type Phase, phaseSchema } from "./phases.ts";
