export { at } from "./at.ts";
export { CATALOG, type ErrorCode, EXIT } from "./catalog.ts";
export { asMoongateError, type ErrorOptions, MoongateError } from "./error.ts";
export { nearest } from "./nearest.ts";
