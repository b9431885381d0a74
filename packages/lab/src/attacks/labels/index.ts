/** Attacks on the labels by what split learning sends media: this part of the lab runs in a browser. */
export type { AttackResult } from "../attack.ts";
export { direction } from "./direction.ts";
export { norm } from "./norm.ts";
export { spectral } from "./spectral.ts";
