import type { DenseNetwork } from "../numeric/dense-network.ts";
import { Adam } from "../numeric/adam.ts";
import { uniforms } from "@moongate/statistics";
import type { HeadTask } from "./linear-head.ts";
import { MixedRows } from "./mixed-rows.ts";
import { lossOnMixed } from "./mixed-loss.ts";

const RATE = 0.01;
/** λ of the unlabelled loss after its ramp. */
const UNLABELLED = 5;
/** The weight of the moving average of the parameters, which is what is kept. */
const AVERAGE = 0.98;
/** The pull of a trained bottom model's weights towards where they were (L2-SP, Li et al., ICML 2018). */
const PULL = 0.1;
/** Learning rate of a trained bottom model, as part of the head's. */
const BOTTOM_RATE = 0.3;

/** How long a network learns, and how freely. */
export interface MixSchedule {
  readonly steps: number;
  /** L2 penalty on the head's weights, beside the mean loss. */
  readonly decay: number;
}

/**
 * Trains a network with one output, a logit, semi-supervised: MixMatch (Berthelot, Carlini,
 * Goodfellow, Papernot, Oliver and Raffel, NeurIPS 2019, arXiv 1905.02249) on rows of numbers, with
 * the settings of the published code of Fu et al. (USENIX Security 2022) where it has any.
 *
 * Each step:
 * 1. A batch of known rows and as many others, each known row blurred once and each other row twice
 *    (augmentation: normal noise of a tenth of a column's deviation).
 * 2. The guess for an other row is the mean of the probabilities of its two blurred copies,
 *    sharpened: p^(1/T) / (p^(1/T) + (1 − p)^(1/T)).
 * 3. MixUp of each row and target with a random one of the batch: λ ~ Beta(α, α), λ ← max(λ, 1 − λ).
 * 4. Loss: mean log-loss of what came of known rows, plus a weight that rises linearly over the
 *    training times the mean squared error of the probabilities of the others. One step of Adam.
 *
 * The network ends at the moving average of its parameters. What deviates from the paper, and why:
 *
 * - *The prior.* Known rows are half positive, the others as rare as they are; MixMatch takes both
 *   to be drawn alike. Logits of the others are shifted by the difference of the two classes'
 *   log-odds (Saerens et al., Neural Computation 2002), which the adversary knows; mixed rows have
 *   the mixed shift.
 * - *Augmentation* is noise, as there are no pictures to turn. Fu et al. have none on tables.
 * - *Steps are few, and penalties may be strong*: see `networkHead`. λ is 5 where the published
 *   code has 50: tried on recorded sessions, they came to the same.
 *
 * @param inputs standardised columns, or what a trained bottom model takes.
 * @param bottom how many of the first parameters are a trained bottom model's: they learn slowly,
 *   and are pulled back to where they were.
 */
export function mixMatch(
  network: DenseNetwork,
  task: HeadTask & { readonly seed: string },
  { steps, decay }: MixSchedule,
  bottom = 0,
): void {
  const { parameters, gradient } = network;
  const rows = new MixedRows(task, uniforms(`mixmatch ${task.seed}`));
  const start = parameters.slice(0, bottom);
  const average = parameters.slice();
  const below = new Adam(bottom);
  const above = new Adam(parameters.length - bottom);
  const parts = {
    below: [parameters.subarray(0, bottom), gradient.subarray(0, bottom)],
    above: [parameters.subarray(bottom), gradient.subarray(bottom)],
  } as const;
  for (let step = 0; step < steps; step++) {
    rows.draw();
    rows.guess(network);
    rows.mix();
    const outputs = network.forward(rows.inputs, rows.count);
    lossOnMixed(rows, outputs, (UNLABELLED * step) / steps);
    network.backward(rows.slopes);
    for (let i = 0; i < parameters.length; i++) {
      const value = parameters[i] ?? 0;
      const pulled = i < bottom ? PULL * (value - (start[i] ?? 0)) : decay * value;
      gradient[i] = (gradient[i] ?? 0) + pulled;
    }
    below.update(...parts.below, RATE * BOTTOM_RATE);
    above.update(...parts.above, RATE);
    // The average forgets the start: at first it is that of the few steps there are.
    const kept = Math.min(AVERAGE, step / (step + 10));
    for (let i = 0; i < average.length; i++) {
      average[i] = kept * (average[i] ?? 0) + (1 - kept) * (parameters[i] ?? 0);
    }
  }
  parameters.set(average);
}
