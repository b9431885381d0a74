import { MoongateError } from "@moongate/errors";
import {
  canonical,
  type Plan,
  type PredictionPlan,
  protocolSchema,
  type SessionPlan,
} from "@moongate/messages";
import { z } from "zod";
import { predictionPlan, type SavedModel } from "./model/load.ts";

/** Which plans media agrees to. */
export const acceptSchema = z.strictObject({
  protocols: z.array(protocolSchema).min(1).default(["masked"]),
  models: z
    .array(z.enum(["logistic", "sine", "relu"]))
    .min(1)
    .default(["logistic", "sine", "relu"]),
  alignments: z
    .array(z.enum(["keyed", "ecdh"]))
    .min(1)
    .default(["keyed", "ecdh"]),
  maximumLabels: z.number().int().min(1).max(16).default(16),
  maximumEpochs: z.number().int().min(1).max(1000).default(1000),
  /** Whether models that were trained may be used to score commerce's users. */
  predict: z.boolean().default(true),
});
export type Accept = z.output<typeof acceptSchema>;

/** @throws MoongateError SESSION_REFUSED naming what in the plan is not agreed to. */
export function agreeToTraining(plan: SessionPlan, accept: Accept): Plan {
  if (plan.task !== "train") throw otherTask("train", plan);
  requireCommon(plan, accept);
  require(plan.model.epochs <= accept.maximumEpochs, `${plan.model.epochs} epochs`);
  return plan;
}

/**
 * @throws MoongateError SESSION_REFUSED; MODEL_MISMATCH when commerce would use another model than
 *   this party has a share of.
 */
export function agreeToPrediction(
  plan: SessionPlan,
  accept: Accept,
  model: SavedModel,
): PredictionPlan {
  if (plan.task !== "predict") throw otherTask("predict", plan);
  require(accept.predict, "the use of models");
  requireCommon(plan, accept);
  if (plan.modelId !== model.document.id) {
    throw new MoongateError(
      "MODEL_MISMATCH",
      `commerce has a share of model ${plan.modelId}, media of ${model.document.id}`,
    );
  }
  const asTrained = canonical(plan) === canonical(predictionPlan(plan.session, model));
  require(asTrained, "a use of the model other than it was trained for");
  return plan;
}

function requireCommon({ protocol, model, alignment, labels }: SessionPlan, accept: Accept): void {
  require(accept.protocols.includes(protocol), `protocol ${protocol}`);
  require(accept.models.includes(model.kind), `model ${model.kind}`);
  require(accept.alignments.includes(alignment.method), `alignment ${alignment.method}`);
  require(labels.length <= accept.maximumLabels, `${labels.length} labels`);
}

function otherTask(own: SessionPlan["task"], plan: SessionPlan): MoongateError {
  return new MoongateError(
    "SESSION_REFUSED",
    `media is here to ${own} and commerce proposed to ${plan.task}`,
    { cure: "Start both parties with configurations of the same task." },
  );
}

function require(agreed: boolean, what: string): void {
  if (agreed) return;
  throw new MoongateError("SESSION_REFUSED", `media does not agree to ${what}`, {
    cure: "Propose another plan, or widen what media accepts.",
  });
}
