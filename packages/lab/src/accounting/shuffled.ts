import { logNormalCdf } from "@moongate/statistics";
import { requireCount, requireDelta, requirePositive } from "@moongate/statistics";

/** One epoch over shuffled batches that the adversary does not know. */
export interface ShuffledEpoch {
  /** Standard deviation divided by the norm of a row's part; the row's part is replaced by zero. */
  readonly noiseMultiplier: number;
  /** Batches of the epoch. */
  readonly steps: number;
}

/**
 * A lower bound on the true ε of an epoch over shuffled batches: what an accountant says must not be
 * below it. Chua et al. (ICML 2024, arXiv 2403.17673): two tables whose
 * rows all pull one way but for one, and the event that any batch's sum exceeds C. With s the noise
 * multiplier and T the steps, ε ≥ max over C of log((P − δ) / Q), where
 * P = 1 − Φ((C−2)/s) Φ(C/s)^(T−1) and Q = 1 − Φ((C−1)/s) Φ(C/s)^(T−1).
 */
export function shuffledEpsilonAtLeast(epoch: ShuffledEpoch, delta: number): number {
  const { noiseMultiplier: s, steps } = epoch;
  requirePositive("the noise multiplier", s);
  requireCount("the number of steps", steps);
  requireDelta(delta);
  const exceeds = (shift: number, c: number): number =>
    -Math.expm1(logNormalCdf((c - shift) / s) + (steps - 1) * logNormalCdf(c / s));
  const bound = (c: number): number => {
    const p = exceeds(2, c);
    return p > delta ? Math.log((p - delta) / exceeds(1, c)) : 0;
  };
  // smooth with one hill, and 0 once P < δ
  let [low, high] = [0, 3 + 40 * s];
  let best = { c: 0, value: 0 };
  for (let round = 0; round < 6; round++) {
    const width = (high - low) / POINTS;
    for (let i = 0; i <= POINTS; i++) {
      const c = low + i * width;
      const value = bound(c);
      if (value > best.value) best = { c, value };
    }
    [low, high] = [best.c - width, best.c + width];
  }
  return best.value;
}

const POINTS = 200;
