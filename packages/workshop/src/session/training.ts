import type { TrainingPlan } from "@moongate/mpc";
import type { WorkshopPlan } from "./plan.ts";
import type { JointSizes } from "./sizes.ts";

/** The plan of the masked training, the same in all three workers. */
export function trainingPlan(
  plan: WorkshopPlan,
  media: JointSizes,
  commerce: JointSizes,
): TrainingPlan {
  const { train, validation, test } = commerce;
  return {
    seed: plan.seed,
    model: {
      kind: "sine",
      hidden: 8,
      epochs: plan.epochs,
      batchSize: "auto",
      learningRate: 0.1,
      weightDecay: 0.001,
    },
    labels: 1,
    watchValidation: true,
    rows: { train, validation, test },
    width: { media: media.width, commerce: commerce.width },
  };
}
