import type { Arrangement } from "@moongate/alignment";
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
 * Training rows of the model of commerce alone, at most. It is a yardstick, not a product: more
 * rows would move its AUC by less than the yardstick's own noise, and cost minutes.
 */
export const BASELINE_ROWS = 200_000;

/** Without the training rows from `most` on: rows are in the order of a hash, so those left are a random sample. */
export function fewerTrainingRows(arrangement: Arrangement, most: number): Arrangement {
  const { order, train } = arrangement;
  if (train <= most) return arrangement;
  const left = new Uint32Array(order.length - train + most);
  left.set(order.subarray(0, most));
  left.set(order.subarray(train), most);
  return { ...arrangement, order: left, train: most };
}

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
