import { at, MoongateError } from "@moongate/errors";
import { countClasses, type Labels, type Scores } from "./inputs.ts";

/** Probabilities are kept this far from 0 and 1, so that one sure mistake costs a finite amount. */
export const LOG_LOSS_MARGIN = 1e-6;

/**
 * Mean negative log-likelihood in nats of the labels under `probabilities`, which are clipped to
 * [margin, 1 - margin] (a Fourier sigmoid can leave [0, 1] a little). One class is enough.
 *
 * @throws SHAPE_MISMATCH (also for no rows), and the errors of `countClasses`.
 */
export function logLoss(
  probabilities: Scores,
  labels: Labels,
  margin: number = LOG_LOSS_MARGIN,
): number {
  countClasses(probabilities, labels);
  if (labels.length === 0) throw new MoongateError("SHAPE_MISMATCH", "there are no rows to score");
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const probability = Math.min(1 - margin, Math.max(margin, at(probabilities, row)));
    sum -= labels[row] === 1 ? Math.log(probability) : Math.log1p(-probability);
  }
  return sum / labels.length;
}
