import type { DefencePlan } from "@moongate/catalogue";
import { embeddingStep } from "./embedding-defences.ts";
import { asNoise, type NoiseSource } from "./noise.ts";
import type { MediaDefence } from "./steps.ts";

/**
 * Media's steps of a plan, for one training and the scoring after it, with noise that commerce must
 * not know. A later scoring needs a key of its own: the same key would replay training's noise.
 *
 * @param noise the source, or its key of 32 secret bytes.
 */
export function mediaDefence(plan: DefencePlan, noise: NoiseSource | Uint8Array): MediaDefence {
  if (plan.embedding === undefined) return {};
  const stream = asNoise(noise).stream(`embedding ${plan.embedding.kind}`);
  return { embedding: embeddingStep(plan.embedding, stream) };
}
