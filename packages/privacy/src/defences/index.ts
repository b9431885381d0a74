export { commerceDefence } from "./commerce.ts";
export { mediaDefence } from "./media.ts";
export { NOISE_KEY_BYTES, NoiseSource, type NoiseStream } from "./noise.ts";
export { type DefenceStatement, describeDefence } from "./describe.ts";
export { flipProbability, isSettled } from "./randomised-response.ts";
