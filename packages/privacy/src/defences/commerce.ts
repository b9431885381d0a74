import type { DefencePlan } from "@moongate/messages";
import type { CommerceDefence, StageModel } from "./defence.ts";
import type { NoiseSource } from "./noise.ts";

/**
 * Commerce's steps of a plan, with noise that media must not know.
 *
 * @param stageModel needed by LP-2ST alone.
 * @throws INTERNAL if LP-2ST is planned and no stage model is given.
 */
export function commerceDefence(
  _plan: DefencePlan,
  _noise: NoiseSource,
  _options: { readonly stageModel?: StageModel } = {},
): CommerceDefence {
  return {};
}
