import { MoongateError } from "@moongate/errors";
import { requirePositive } from "@moongate/statistics";

export interface Calibration {
  /** The most that ε may be. */
  readonly epsilon: number;
  /** Relative width of the last bracket. */
  readonly tolerance?: number;
  /** The answer at which the search gives up; 1/largest is the least answer. */
  readonly largest?: number;
}

/**
 * The smallest noise multiplier whose ε, by an accountant, is at most the one asked for; the upper
 * end of the last bracket, so that the promise is kept. False position on logarithms with the
 * Illinois correction, as one evaluation may cost a second: about ten of them.
 *
 * @param epsilonOf falls as the multiplier grows.
 * @throws USAGE if even `largest` (default 10^6) is not enough.
 */
export function smallestNoiseMultiplier(
  epsilonOf: (noiseMultiplier: number) => number,
  { epsilon, tolerance = 1e-6, largest = 1e6 }: Calibration,
): number {
  requirePositive("ε", epsilon);
  const excess = (logarithm: number): number => {
    // an accountant may say 0 or ∞, whose logarithms would stop false position
    const value = Math.min(Math.max(epsilonOf(Math.exp(logarithm)), 1e-12), 1e12);
    return Math.log(value / epsilon);
  };
  let end: End = { at: 0, excess: excess(0) };
  const step = end.excess > 0 ? Math.LN2 : -Math.LN2;
  for (;;) {
    const at = end.at + step;
    const next = { at, excess: excess(at) };
    if (next.excess > 0 !== end.excess > 0) {
      const [low, high] = step > 0 ? [end, next] : [next, end];
      return Math.exp(narrowed(low, high, excess, tolerance));
    }
    end = next;
    if (Math.abs(at) > Math.log(largest)) {
      if (step < 0) return Math.exp(at);
      throw new MoongateError("USAGE", `no noise multiplier up to ${largest} gives ε ${epsilon}`, {
        cure: "Ask for a larger ε or δ, or for fewer releases.",
      });
    }
  }
}

/** One end of a bracket, and the logarithm of ε there over the ε asked for. */
interface End {
  readonly at: number;
  readonly excess: number;
}

/** The upper end of the bracket (too much at `low`, not at `high`) once it is narrow. */
function narrowed(low: End, high: End, excess: (x: number) => number, width: number): number {
  let kept = 0;
  while (high.at - low.at > width && high.excess !== 0) {
    const slope = (high.excess - low.excess) / (high.at - low.at);
    const estimate = low.at - low.excess / slope;
    // never at an end itself: both must close in
    const at = Math.min(Math.max(estimate, low.at + width / 3), high.at - width / 3);
    const next = { at, excess: excess(at) };
    if (next.excess > 0) {
      low = next;
      if (kept === 1) high = { at: high.at, excess: high.excess / 2 };
      kept = 1;
    } else {
      high = next;
      if (kept === -1) low = { at: low.at, excess: low.excess / 2 };
      kept = -1;
    }
  }
  return high.at;
}
