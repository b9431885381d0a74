import { type PartitionRows, type Plan, trainingPlanOf, withoutNoise } from "@moongate/messages";
import { type GradientNoise, maskedTraining, TwinMachine } from "@moongate/mpc";
import type { ArrangedFeatures } from "./data.ts";

/** Logits, row-major rows × labels. */
export interface PartitionLogits {
  readonly validation: Float64Array;
  readonly test: Float64Array;
}

const NOTHING: ArrangedFeatures = { cols: 0, rows: () => new Float64Array() };

/**
 * The plan's model trained in the clear by the plaintext twin: on both sides' columns (the
 * ceiling: somebody must hold both), or without media's on commerce's alone (the floor).
 * @param noises what a noisy plan's parties add to their shares; without them, the plan without noise.
 */
export async function trainTwin(
  plan: Plan,
  rows: PartitionRows,
  features: { readonly media?: ArrangedFeatures | undefined; readonly commerce: ArrangedFeatures },
  labels: Uint8Array,
  noises?: readonly GradientNoise[],
): Promise<PartitionLogits> {
  return (await trainTwinModel(plan, rows, features, labels, noises)).scores;
}

/** The twin's scores and parameters after training. */
export interface TwinModel {
  readonly scores: PartitionLogits;
  /** Logits of the validation rows after each epoch, if the plan watches; else after the last. */
  readonly looks: readonly Float64Array[];
  /** Parameters by name, row-major. */
  readonly parameters: Readonly<
    Record<string, { readonly rows: number; readonly cols: number; readonly values: Float64Array }>
  >;
}

/** Does what `trainTwin` does, and returns the trained parameters as well. */
export async function trainTwinModel(
  ...[plan, rows, features, labels, noises]: Parameters<typeof trainTwin>
): Promise<TwinModel> {
  const { media = NOTHING, commerce } = features;
  const width = { media: media.cols, commerce: commerce.cols };
  const twin = new TwinMachine(undefined, noises);
  const { scores, looks, parameters } = await maskedTraining(twin, {
    plan: trainingPlanOf(noises === undefined ? withoutNoise(plan) : plan, rows, width),
    inputs: { features: { media, commerce }, labels },
  });
  const plain = Object.entries(parameters).map(([name, part]) => {
    const values = new Float64Array(twin.save(part).buffer);
    return [name, { rows: part.rows, cols: part.cols, values }] as const;
  });
  return {
    looks,
    scores: scores ?? { validation: new Float64Array(), test: new Float64Array() },
    parameters: Object.fromEntries(plain),
  };
}
