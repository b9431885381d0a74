import { at } from "@moongate/errors";
import { keepProbability, type RandomisedResponse } from "../randomised-response.ts";
import { LossGrid, type LossMechanism } from "./loss.ts";

/**
 * The privacy loss of one answer of randomised response when the true value is replaced: ε, −ε, or
 * 0 for an answer that is neither value. Both directions are the same.
 */
export function randomisedResponseLoss(mechanism: RandomisedResponse): LossMechanism {
  const { epsilon, values = 2 } = mechanism;
  const keep = keepProbability(mechanism);
  const other = keep * Math.exp(-epsilon);
  const losses = Float64Array.of(-epsilon, 0, epsilon);
  const masses = Float64Array.of(other, (values - 2) * other, keep);
  return {
    sketch: () => ({ remove: { losses, masses }, add: { losses, masses } }),
    discretise: (interval) => {
      const grid = new LossGrid(interval, -epsilon, epsilon);
      for (const [i, loss] of losses.entries()) {
        grid.addLoss(loss, at(masses, i));
      }
      return { remove: grid.result(), add: grid.result() };
    },
  };
}
