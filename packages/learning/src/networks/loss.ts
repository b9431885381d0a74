import type { Loss } from "./fit.ts";

/** The loss of outputs against targets, averaged over both rows and columns (`cols` of them). */
export function meanLoss(
  outputs: Float64Array,
  targets: ArrayLike<number>,
  loss: Loss,
  cols = 1,
): number {
  let sum = 0;
  outputs.forEach((output, index) => {
    const target = targets[index] ?? NaN;
    sum += elementLoss(output, target, loss, index % cols);
  });
  return sum / outputs.length;
}

function elementLoss(output: number, target: number, loss: Loss, col: number): number {
  if (loss === "logistic") return logistic(output, target);
  if (loss === "squared" || col >= loss.logistic) return (output - target) ** 2 / 2;
  return loss.weight * logistic(output, target);
}

/** −log of the probability of a label, in the form that cannot overflow. */
function logistic(logit: number, label: number): number {
  return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
}
