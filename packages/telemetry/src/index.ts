export { paced } from "./pace.ts";
export { peakMemory } from "./peak-memory.ts";
export { type CpuSeconds, cpuSecondsSchema, PhaseCpu } from "./phase-cpu.ts";
export { type Phase, phaseSchema } from "./phases.ts";
