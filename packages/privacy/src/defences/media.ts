import type { DefencePlan } from "@moongate/messages";
import type { MediaDefence } from "./defence.ts";
import type { NoiseSource } from "./noise.ts";

/** Media's steps of a plan, with noise that commerce must not know. */
export function mediaDefence(_plan: DefencePlan, _noise: NoiseSource): MediaDefence {
  return {};
}
