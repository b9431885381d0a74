export { at } from "./at.ts";
export { CATALOG, type ErrorCode, EXIT } from "./catalog.ts";
export { CROSSING, type CrossingCode, crossingCode, isCrossing } from "./crossing.ts";
export { asMoongateError } from "./as-moongate-error.ts";
export { type ErrorOptions, MoongateError } from "./error.ts";
export { nearest } from "./nearest.ts";
export { systemFault } from "./system-fault.ts";
