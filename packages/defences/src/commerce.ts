import type { DefencePlan } from "@moongate/catalogue";
import { gradientStep } from "./gradient-defences.ts";
import type { KeptLabels } from "./kept-labels.ts";
import { labelStep } from "./label-defences.ts";
import { asNoise, type NoiseSource } from "./noise.ts";
import type { CommerceDefence, GradientStep, StageModel } from "./steps.ts";

/**
 * Commerce's steps of a plan, for one training, with noise that media must not know.
 *
 * With both a label and a gradient defence the gradient's one is given the drawn labels, not the
 * true ones: they are what the gradients show, and so all that crosses is made of the draws.
 *
 * @param noise the source, or its key of 32 secret bytes.
 * @param stageModel needed by LP-2ST alone.
 * @throws INTERNAL if LP-2ST is planned and no stage model is given.
 */
export function commerceDefence(
  plan: DefencePlan,
  noise: NoiseSource | Uint8Array,
  stageModel?: StageModel,
): CommerceDefence {
  const source = asNoise(noise);
  const labels =
    plan.labels && labelStep(plan.labels, source.stream(`labels ${plan.labels.kind}`), stageModel);
  const gradient =
    plan.gradient && gradientStep(plan.gradient, source.stream(`gradient ${plan.gradient.kind}`));
  return {
    ...(labels && { labels }),
    ...(gradient && { gradient: labels ? onDrawnLabels(gradient, labels) : gradient }),
  };
}

const onDrawnLabels = (step: GradientStep, labels: KeptLabels): GradientStep => ({
  apply: (gradient, batch) =>
    step.apply(gradient, { ...batch, labels: labels.bitsOf(batch.rows, batch.labelCount) }),
});
