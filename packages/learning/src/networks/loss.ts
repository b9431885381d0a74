import type { Loss } from "./fit.ts";

/** The loss of outputs against targets, averaged over both rows and columns. */
export function meanLoss(outputs: Float64Array, targets: ArrayLike<number>, loss: Loss): number {
  let sum = 0;
  outputs.forEach((output, index) => {
    const target = targets[index] ?? NaN;
    sum += loss === "logistic" ? logistic(output, target) : (output - target) ** 2 / 2;
  });
  return sum / outputs.length;
}

/** −log of the probability of a label, in the form that cannot overflow. */
function logistic(logit: number, label: number): number {
  return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
}
