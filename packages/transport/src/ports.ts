/** The part of this package that runs in a browser: links over MessagePorts, and what surrounds any link. */
export { type Hook, type InterceptHooks, intercept, type Interception } from "./intercept.ts";
export type { Frame, FrameKind, Link } from "./link.ts";
export { type FrameCount, type Direction, Meter, type Reading } from "./meter.ts";
export { type Port, PortLink, type PortOptions } from "./port-link.ts";
export { nextTurn } from "./turn.ts";
