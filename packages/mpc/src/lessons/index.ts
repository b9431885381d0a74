/**
 * Single operations, for teaching and for tests: what a model is made of, without a model around it.
 * A program of them runs on every machine, as a model does.
 */
export { elementwiseProduct } from "./beaver.ts";
export { input, keep } from "./shared-input.ts";
export { maskColumns } from "../operations/mask-columns.ts";
export { periodic } from "../operations/periodic.ts";
export { sineForward } from "../operations/sine-layer.ts";
