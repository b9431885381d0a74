import type { Plan } from "@moongate/messages";
import { trainingPlanOf } from "@moongate/messages";
import { maskedTraining, TwinMachine } from "@moongate/mpc";
import type { ArrangedFeatures } from "./data.ts";
import type { JointShape } from "./session/session.ts";

/** Logits, row-major rows × labels. */
export interface Scores {
  readonly validation: Float64Array;
  readonly test: Float64Array;
}

const NOTHING: ArrangedFeatures = { cols: 0, rows: () => new Float64Array() };

/**
 * The plan's model trained in the clear by the plaintext twin: on both sides' columns (the
 * ceiling: somebody must hold both), or without media's on commerce's alone (the floor).
 */
export async function trainTwin(
  plan: Plan,
  rows: JointShape["rows"],
  features: { readonly media?: ArrangedFeatures; readonly commerce: ArrangedFeatures },
  labels: Uint8Array,
): Promise<Scores> {
  const { media = NOTHING, commerce } = features;
  const outcome = await maskedTraining(new TwinMachine(), {
    plan: trainingPlanOf(plan, rows, { media: media.cols, commerce: commerce.cols }),
    inputs: { features: { media, commerce }, labels },
  });
  return outcome.scores ?? { validation: new Float64Array(), test: new Float64Array() };
}
