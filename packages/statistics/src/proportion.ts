import { MoongateError } from "@moongate/errors";
import { betaCdf } from "./numeric/beta.ts";
import { normalQuantile } from "./numeric/normal.ts";
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

/** Wilson's score interval of a proportion (JASA 1927): about right on average, and narrower. */
export function wilson(count: Count, confidence = CONFIDENCE): Interval {
  const { successes, trials } = check(count);
  requireConfidence(confidence);
  const z = normalQuantile((1 + confidence) / 2);
  const rate = successes / trials;
  const middle = rate + (z * z) / (2 * trials);
  const reach = z * Math.sqrt((rate * (1 - rate)) / trials + (z / (2 * trials)) ** 2);
  const scale = 1 + (z * z) / trials;
  return {
    low: successes === 0 ? 0 : (middle - reach) / scale,
    high: successes === trials ? 1 : (middle + reach) / scale,
  };
}

/**
 * The difference first − second of two independent proportions, from their Wilson intervals (Newcombe,
 * Statistics in Medicine 1998, method 10).
 */
export function newcombe(first: Count, second: Count, confidence = CONFIDENCE): Interval {
  return differenceOf(
    { value: first.successes / first.trials, ...wilson(first, confidence) },
    { value: second.successes / second.trials, ...wilson(second, confidence) },
  );
}

/** An estimate with its interval. */
export interface Estimated extends Interval {
  readonly value: number;
}

/**
 * The difference first − second of two independent estimates, by squares of their distances to their
 * interval's ends (Zou and Donner, Statistics in Medicine 2008). Keeps intervals that lean to one
 * side, such as those of an AUC near 1, leaning.
 */
export function differenceOf(first: Estimated, second: Estimated): Interval {
  const difference = first.value - second.value;
  return {
    low: difference - Math.hypot(first.value - first.low, second.high - second.value),
    high: difference + Math.hypot(first.high - first.value, second.value - second.low),
  };
}

function check(count: Count): Count {
  const { successes, trials } = count;
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials);
  if (!whole || trials < 1 || successes < 0 || successes > trials) {
    throw new MoongateError("INTERNAL", `${successes} of ${trials} trials is no proportion`);
  }
  return count;
}
