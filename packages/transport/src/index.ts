export type { Frame, FrameKind, Link } from "./link.ts";
export { type MemoryOptions, memoryPair } from "./memory.ts";
export { type Count, type Direction, Meter, type Reading } from "./meter.ts";
