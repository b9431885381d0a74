export { Ring } from "./ring.ts";
export type { Allocator, Arena, Matrix, ProductOptions, RingOptions, Words } from "./types.ts";
