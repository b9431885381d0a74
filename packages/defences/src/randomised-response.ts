import type { NoiseStream } from "./noise.ts";

/** What a label becomes: the bit that was drawn, and what training uses in its place. */
export interface DrawnLabel {
  readonly bit: 0 | 1;
  readonly target: number;
}

/** Probability that randomised response turns a label round: f = 1/(e^ε + 1). */
export const flipProbability = (epsilon: number): number => 1 / (Math.exp(epsilon) + 1);

/**
 * Randomised response (Warner 1965) with an unbiased loss (Natarajan et al., NeurIPS 2013).
 *
 * 1. ỹ is y with probability e^ε/(e^ε + 1), else 1 − y.
 * 2. The corrected loss ((1−f) ℓ(ỹ) − f ℓ(1−ỹ))/(1−2f) has the derivative p − y′ by the logit for
 *    the log-loss, with y′ = (ỹ − f)/(1 − 2f). The mean of y′ over the draw is y.
 *
 * ε-DP for one label, against whoever sees anything made of the draws. A uniform number has 53
 * bits, so a label is turned round with probability f rounded up to 2^-53: never less often.
 */
export function randomisedResponse(label: number, epsilon: number, noise: NoiseStream): DrawnLabel {
  const f = flipProbability(epsilon);
  const flipped = noise.uniform() < f;
  const bit = (label === 1) === flipped ? 0 : 1;
  return { bit, target: (bit - f) / (1 - 2 * f) };
}

/**
 * True if the prior settles the label without looking: k* = argmax_k of e^ε/(e^ε + k − 1) times the
 * sum of the top k priors is 1. With priors p and 1 − p: max(p, 1 − p) > e^ε/(e^ε + 1).
 */
export function isSettled(prior: number, epsilon: number): boolean {
  return Math.max(prior, 1 - prior) > 1 - flipProbability(epsilon);
}

/**
 * Randomised response with a prior (Ghazi et al., NeurIPS 2021, arXiv 2102.06062, algorithm 2) of
 * two classes.
 *
 * 1. If the prior settles it (`isSettled`), the answer is the likelier class and tells nothing.
 * 2. Else it is randomised response over both classes.
 *
 * ε-DP for one label, as long as the prior was not made of that label. Deviation from the paper,
 * which trains on ỹ itself: in case 2 the target is corrected as in `randomisedResponse`.
 *
 * @param prior probability of label 1.
 */
export function respondWithPrior(
  label: number,
  prior: number,
  epsilon: number,
  noise: NoiseStream,
): DrawnLabel {
  if (!isSettled(prior, epsilon)) return randomisedResponse(label, epsilon, noise);
  const bit = prior > 0.5 ? 1 : 0;
  return { bit, target: bit };
}
