export * as reference from "./reference/index.ts";
export { kernelNames } from "./kernel-names.ts";
export { Ring } from "./ring.ts";
export type { Allocator, Arena, Matrix, ProductOptions, RingOptions, Words } from "./types.ts";
