import { requireCount, requireOrder, requirePositive } from "@moongate/statistics";

/**
 * Randomised response over k values (Warner 1965; Kairouz, Oh and Viswanath 2014): the true one with
 * probability e^ε / (e^ε + k − 1), each other one with 1 / (e^ε + k − 1). Pure ε; a drawn answer
 * that is kept costs nothing more however often it is used, one that is drawn again composes.
 */
export interface RandomisedResponse {
  readonly epsilon: number;
  /** Number of values: 2 for a binary label. */
  readonly values?: number;
}

/** Chance that the true value is said. */
export function keepProbability({ epsilon, values = 2 }: RandomisedResponse): number {
  check(epsilon, values);
  return 1 / (1 + (values - 1) * Math.exp(-epsilon));
}

/** Rényi divergence of one answer when the true value is replaced by another. */
export function randomisedResponseRdp(order: number, mechanism: RandomisedResponse): number {
  requireOrder(order);
  const { epsilon, values = 2 } = mechanism;
  check(epsilon, values);
  // Σ P^α Q^(1−α) = other (e^(αε) + e^((1−α)ε) + k − 2), with other = 1 / (e^ε + k − 1)
  const other = -epsilon - Math.log1p((values - 1) * Math.exp(-epsilon));
  const rest = Math.exp((1 - 2 * order) * epsilon) + (values - 2) * Math.exp(-order * epsilon);
  return (other + order * epsilon + Math.log1p(rest)) / (order - 1);
}

function check(epsilon: number, values: number): void {
  requirePositive("ε", epsilon);
  requireCount("the number of values less one", values - 1);
}
