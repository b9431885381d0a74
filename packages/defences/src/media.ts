import type { DefencePlan, EmbeddingDefence } from "@moongate/messages";
import type { EmbeddingStep, MediaDefence } from "./steps.ts";
import { clipAndAddNoise } from "./clipped-noise.ts";
import { distanceCorrelationPenalty } from "./distance-correlation.ts";
import { requireMatrix } from "./matrix.ts";
import { asNoise, type NoiseSource, type NoiseStream } from "./noise.ts";

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

function embeddingStep(plan: EmbeddingDefence, noise: NoiseStream): EmbeddingStep {
  switch (plan.kind) {
    case "noise":
      return {
        apply(embedding, { rows, cut }) {
          requireMatrix("an embedding", embedding, rows, cut);
          return clipAndAddNoise(embedding, cut, plan, noise);
        },
      };
    case "distance-correlation":
      return distanceCorrelationPenalty(plan.weight);
  }
}
