import { erfcx } from "@moongate/statistics";
import { normalCdf } from "@moongate/statistics";
import { bisectUp } from "@moongate/statistics";
import { requireDelta, requireEpsilon, requirePositive } from "@moongate/statistics";

/**
 * The exact (ε, δ) of one release with continuous Gaussian noise (Balle and Wang, "Improving the
 * Gaussian Mechanism for Differential Privacy", ICML 2018, arXiv 1805.06530, theorem 8). With s
 * the noise multiplier: standard deviation divided by the L2 sensitivity. k releases of one
 * multiplier are exactly one of s / √k.
 */

/** δ = Φ(1/(2s) − εs) − e^ε Φ(−1/(2s) − εs), without cancelling exponentials. */
export function analyticGaussianDelta(noiseMultiplier: number, epsilon: number): number {
  requirePositive("the noise multiplier", noiseMultiplier);
  requireEpsilon(epsilon);
  const a = 1 / (2 * noiseMultiplier) - epsilon * noiseMultiplier;
  const b = -1 / (2 * noiseMultiplier) - epsilon * noiseMultiplier;
  // e^ε exp(−b²/2) = exp(−a²/2), as b² − a² = 2ε
  const scale = Math.exp((-a * a) / 2) / 2;
  const second = erfcx(-b * Math.SQRT1_2);
  if (a > 0) return Math.max(0, normalCdf(a) - scale * second);
  return Math.max(0, scale * (erfcx(-a * Math.SQRT1_2) - second));
}

/** The least ε at δ. */
export function analyticGaussianEpsilon(noiseMultiplier: number, delta: number): number {
  requirePositive("the noise multiplier", noiseMultiplier);
  requireDelta(delta);
  return bisectUp((epsilon) => analyticGaussianDelta(noiseMultiplier, epsilon) <= delta).above;
}

/** The least noise multiplier with (ε, δ)-differential privacy for one release. */
export function analyticGaussianNoiseMultiplier(epsilon: number, delta: number): number {
  requireEpsilon(epsilon);
  requireDelta(delta);
  const enough = (s: number): boolean => s > 0 && analyticGaussianDelta(s, epsilon) <= delta;
  return bisectUp(enough).above;
}
