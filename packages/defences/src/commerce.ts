import { MoongateError } from "@moongate/errors";
import type { CommerceDefence, GradientStep, StageModel } from "./steps.ts";
import type { DefencePlan, GradientDefence, LabelDefence } from "@moongate/messages";
import { clipAndAddNoise } from "./clipped-noise.ts";
import { discretisation } from "./discretisation.ts";
import { isotropic } from "./isotropic.ts";
import { drawEach, KeptLabels } from "./kept-labels.ts";
import { drawInTwoStages } from "./lp-2st.ts";
import { marvell } from "./marvell.ts";
import { requireMatrix } from "./matrix.ts";
import { maxNorm } from "./max-norm.ts";
import { asNoise, type NoiseSource, type NoiseStream } from "./noise.ts";
import { randomisedResponse, respondWithPrior } from "./randomised-response.ts";
import { sparsification } from "./sparsification.ts";

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

function labelStep(
  plan: LabelDefence,
  noise: NoiseStream,
  stageModel: StageModel | undefined,
): KeptLabels {
  const { epsilon } = plan;
  switch (plan.kind) {
    case "randomised-response":
      return new KeptLabels(drawEach((label) => randomisedResponse(label, epsilon, noise)));
    case "randomised-response-with-prior":
      return new KeptLabels(
        drawEach((label) => respondWithPrior(label, plan.prior, epsilon, noise)),
      );
    case "lp-2st":
      if (stageModel === undefined) {
        throw new MoongateError(
          "INTERNAL",
          "LP-2ST was planned without a model of its first stage",
        );
      }
      return new KeptLabels(drawInTwoStages({ epsilon, prior: plan.prior, stageModel, noise }));
  }
}

function gradientStep(plan: GradientDefence, noise: NoiseStream): GradientStep {
  switch (plan.kind) {
    case "gaussian":
      return {
        apply(gradient, { rows, cut }) {
          requireMatrix("a gradient", gradient, rows.length, cut);
          return clipAndAddNoise(gradient, cut, plan, noise);
        },
      };
    case "marvell":
      return marvell(plan.s, noise);
    case "max-norm":
      return maxNorm(noise);
    case "isotropic":
      return isotropic(plan.t, noise);
    case "sparsification":
      return sparsification(plan.quantile);
    case "discretisation":
      return discretisation(plan.bins);
  }
}

const onDrawnLabels = (step: GradientStep, labels: KeptLabels): GradientStep => ({
  apply: (gradient, batch) =>
    step.apply(gradient, { ...batch, labels: labels.bitsOf(batch.rows, batch.labelCount) }),
});
