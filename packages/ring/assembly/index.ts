// The kernels' module: stateless functions over one imported memory; every address is a byte offset.
export * from "./elementwise";
export * from "./products";
export * from "./movement";
export * from "./fixed-point";
export * from "./angles";
export { harmonics, fourier } from "./trigonometry";
export * from "./truncation";
export * from "./sine-layer";
