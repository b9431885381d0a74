import { MoongateError } from "@moongate/errors";
import { betaCdf } from "./numeric/beta.ts";
import { bisect } from "./numeric/root.ts";
import { CONFIDENCE, type Interval, requireConfidence } from "./interval.ts";

/** How many of some trials succeeded. */
export interface Count {
  readonly successes: number;
  readonly trials: number;
}

/**
 * The exact interval of a proportion (Clopper and Pearson, Biometrika 1934): never covers less than
 * it says; each side errs with probability (1 − confidence) / 2.
 */
export function clopperPearson(count: Count, confidence = CONFIDENCE): Interval {
  const { successes: k, trials: n } = check(count);
  requireConfidence(confidence);
  const tail = (1 - confidence) / 2;
  // P(at least k) at p is the beta distribution function I_p(k, n−k+1)
  const low = k === 0 ? 0 : bisect((p) => betaCdf(p, k, n - k + 1) >= tail, 0, 1).below;
  const high = k === n ? 1 : bisect((p) => betaCdf(1 - p, n - k, k + 1) <= tail, 0, 1).above;
  return { low, high };
}

function check(count: Count): Count {
  const { successes, trials } = count;
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!whole || trials < 1 || successes < 0 || successes > trials) {
    throw new MoongateError("INTERNAL", `${successes} of ${trials} trials is no proportion`);
  }
  return count;
}
