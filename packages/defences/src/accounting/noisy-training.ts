import { MoongateError } from "@moongate/errors";
import { dpChoicesSchema, modelSchema, type Plan, type PlanChoices } from "@moongate/messages";
import { gaussianRho, zcdpEpsilon, zcdpNoiseMultiplier } from "./zcdp.ts";

/** Two computations of one epsilon may round differently. */
const ROUNDING = 1e-9;

/**
 * The epsilon that a masked training with noise really gives, at the delta of its plan.
 *
 * A user's row is in exactly one batch of every epoch, and both parties know which: nothing is
 * gained by sampling. So an epoch is one release of that user's part of a gradient, whatever the
 * number of steps, and the epochs compose: ρ = epochs / (2 noiseMultiplier²). The noise is discrete,
 * so the claim goes through zCDP, not through the formula of the continuous Gaussian.
 *
 * @returns infinity for a plan without noise.
 */
export function noisyTrainingEpsilon({ dp, model }: Pick<Plan, "dp" | "model">): number {
  if (dp === undefined) return Number.POSITIVE_INFINITY;
  return zcdpEpsilon(gaussianRho(dp.noiseMultiplier, model.epochs), dp.delta);
}

/**
 * The choices of a plan with the noise that its epsilon takes: commerce proposes this.
 * @throws DP_INVALID where a noise multiplier was chosen that does not give that epsilon.
 */
export function withNoise<Choices extends PlanChoices>(choices: Choices): Choices {
  const { dp } = choices;
  if (dp === undefined) return choices;
  const { delta } = dpChoicesSchema.parse({ epsilon: dp.epsilon, delta: dp.delta });
  const { epochs } = modelSchema.parse(choices.model ?? { kind: "sine" });
  const needed = zcdpNoiseMultiplier(dp.epsilon, delta, epochs);
  const noiseMultiplier = dp.noiseMultiplier ?? needed;
  if (noiseMultiplier < needed * (1 - ROUNDING)) {
    throw new MoongateError(
      "DP_INVALID",
      `a noise multiplier of ${noiseMultiplier} does not give epsilon ${dp.epsilon} ` +
        `at delta ${delta} after ${epochs} epochs`,
      { cure: `Leave it out, or choose one from ${needed.toPrecision(6)} up.` },
    );
  }
  return { ...choices, dp: { ...dp, delta, noiseMultiplier } };
}
