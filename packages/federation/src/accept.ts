import { MoongateError } from "@moongate/errors";
import type { Plan } from "@moongate/messages";
import { z } from "zod";

/** Which plans media agrees to. */
export const acceptSchema = z.strictObject({
  protocols: z
    .array(z.enum(["masked"]))
    .min(1)
    .default(["masked"]),
  models: z
    .array(z.enum(["logistic", "sine"]))
    .min(1)
    .default(["logistic", "sine"]),
  alignments: z
    .array(z.enum(["keyed", "ecdh"]))
    .min(1)
    .default(["keyed", "ecdh"]),
  maximumLabels: z.number().int().min(1).max(16).default(16),
  maximumEpochs: z.number().int().min(1).max(1000).default(1000),
});
export type Accept = z.output<typeof acceptSchema>;

/** @throws MoongateError SESSION_REFUSED naming what in the plan is not agreed to. */
export function requireAcceptable(plan: Plan, accept: Accept): void {
  const { model, alignment, labels } = plan;
  require(accept.protocols.includes(plan.protocol), `protocol ${plan.protocol}`);
  require(accept.models.includes(model.kind), `model ${model.kind}`);
  require(accept.alignments.includes(alignment.method), `alignment ${alignment.method}`);
  require(labels.length <= accept.maximumLabels, `${labels.length} labels`);
  require(model.epochs <= accept.maximumEpochs, `${model.epochs} epochs`);
}

function require(agreed: boolean, what: string): void {
  if (agreed) return;
  throw new MoongateError("SESSION_REFUSED", `media does not agree to ${what}`, {
    cure: "Propose another plan, or widen what media accepts.",
  });
}
