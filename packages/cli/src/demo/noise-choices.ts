import { MoongateError } from "@moongate/errors";
import type { PlanChoices } from "@moongate/messages";

/** What of differential privacy the command line says. */
export interface NoiseOptions {
  readonly epsilon?: number;
  readonly delta?: number;
  readonly clip?: number;
}

/**
 * A schedule for noisy gradients: many rows at once, few steps, large ones. Chosen on the synthetic
 * population.
 */
export const NOISY_SCHEDULE = { epochs: 20, learningRate: 1 } as const;

/** @throws MoongateError USAGE for a delta or a clip without an epsilon. */
export function noiseChoices({ epsilon, delta, clip }: NoiseOptions): Pick<PlanChoices, "dp"> {
  if (epsilon === undefined) {
    if (delta === undefined && clip === undefined) return {};
    throw new MoongateError("USAGE", "--delta and --clip go with --epsilon");
  }
  return { dp: { epsilon, delta, clip } };
}
