/** What every kernel computes, in bigint and without haste. */
export * as angles from "./angles.ts";
export * as elementwise from "./elementwise.ts";
export * as fixedPoint from "./fixed-point.ts";
export * as products from "./products.ts";
export * as trigonometry from "./trigonometry.ts";
export * as sineLayer from "./sine-layer.ts";
export * as truncation from "./truncation.ts";
