/** What a process measures of itself; these need Node, which the package's main entrance does not. */
export { peakMemory } from "./peak-memory.ts";
export { PHASE_CHANNEL, PhaseCpu } from "./phase-cpu.ts";
