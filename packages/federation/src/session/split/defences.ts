import { MoongateError } from "@moongate/errors";
import type { CommerceDefence, MediaDefence, StageModel } from "@moongate/defences";
import type { DefencePlan } from "@moongate/messages";
import type { PartyOptions, PredictionOptions } from "../../options.ts";

/** Media's steps of the plan. @throws MoongateError INTERNAL rather than to go on without one. */
export function mediaSteps(
  options: Pick<Extract<PartyOptions | PredictionOptions, { role: "media" }>, "defence">,
  plan: DefencePlan,
  key: Uint8Array,
): MediaDefence {
  const steps = options.defence?.(plan, key) ?? {};
  requireStep(plan.embedding?.kind, steps.embedding);
  return steps;
}

/** The same for commerce. */
export function commerceSteps(
  options: Pick<Extract<PartyOptions, { role: "commerce" }>, "defence">,
  plan: DefencePlan,
  key: Uint8Array,
  stageModel: StageModel,
): CommerceDefence {
  const steps = options.defence?.(plan, key, stageModel) ?? {};
  requireStep(plan.labels?.kind, steps.labels);
  requireStep(plan.gradient?.kind, steps.gradient);
  return steps;
}

function requireStep(planned: string | undefined, step: object | undefined): void {
  if (planned === undefined || step !== undefined) return;
  throw new MoongateError("INTERNAL", `this process has no defence ${planned}`);
}
