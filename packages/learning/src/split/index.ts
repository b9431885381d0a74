/** The two halves of a split network, and an engine for them: this part of learning runs in a browser. */
export { cpuEngine } from "../engine/cpu.ts";
export type { Engine } from "../engine/engine.ts";
export { shuffledBatches } from "../networks/schedule.ts";
export { commerceHalf } from "./commerce-half.ts";
export { mediaHalf } from "./media-half.ts";
export { type SplitPlan, splitRates } from "./plan.ts";
