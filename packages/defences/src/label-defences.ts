import type { LabelDefence } from "@moongate/catalogue";
import { MoongateError } from "@moongate/errors";
import { drawEach, KeptLabels } from "./kept-labels.ts";
import { drawInTwoStages } from "./lp-2st.ts";
import type { NoiseStream } from "./noise.ts";
import { isSettled, randomisedResponse, respondWithPrior } from "./randomised-response.ts";
import type { Statement } from "./statement.ts";
import type { StageModel } from "./steps.ts";

/** A defence of labels: what draws them, and whether its settings draw every label alike. */
interface LabelProgram<Plan> {
  step(plan: Plan, noise: NoiseStream, stageModel: StageModel | undefined): KeptLabels;
  settled(plan: Plan): boolean;
}

const LABEL_PROGRAMS: {
  readonly [Kind in LabelDefence["kind"]]: LabelProgram<Extract<LabelDefence, { kind: Kind }>>;
} = {
  "randomised-response": {
    step: ({ epsilon }, noise) =>
      new KeptLabels(drawEach((label) => randomisedResponse(label, epsilon, noise))),
    settled: () => false,
  },
  "randomised-response-with-prior": {
    step: ({ epsilon, prior }, noise) =>
      new KeptLabels(drawEach((label) => respondWithPrior(label, prior, epsilon, noise))),
    settled: ({ epsilon, prior }) => isSettled(prior, epsilon),
  },
  "lp-2st": {
    step({ epsilon, prior }, noise, stageModel) {
      if (stageModel === undefined) {
        throw new MoongateError(
          "INTERNAL",
          "LP-2ST was planned without a model of its first stage",
        );
      }
      return new KeptLabels(drawInTwoStages({ epsilon, prior, stageModel, noise }));
    },
    settled: ({ epsilon, prior }) => isSettled(prior, epsilon),
  },
};

/** The table's program of a plan: its settings and what takes them have one kind. */
const programOf = (plan: LabelDefence) => LABEL_PROGRAMS[plan.kind] as LabelProgram<LabelDefence>;

/** @throws INTERNAL if LP-2ST is planned and no stage model is given. */
export const labelStep = (
  plan: LabelDefence,
  noise: NoiseStream,
  stageModel: StageModel | undefined,
): KeptLabels => programOf(plan).step(plan, noise, stageModel);

export function labelStatement(plan: LabelDefence): Statement {
  const { epsilon } = plan;
  const all = "prior" in plan && plan.prior > 0.5 ? 1 : 0;
  const constant = `the prior settles every label at this ε: all are drawn as ${all}, and the model learns nothing`;
  return {
    proven: "training",
    guarantee: `${epsilon}-differential privacy of labels: all that crosses in training is made of labels that were drawn once`,
    unit: "one label of one training row; a row with k labels has k times ε",
    epsilon,
    breaks:
      "drawing the same labels again in another run (the ε add up), features or a local model made of the labels, or letting anything else made of the true labels cross",
    ...(programOf(plan).settled(plan) ? { caution: constant } : {}),
  };
}
