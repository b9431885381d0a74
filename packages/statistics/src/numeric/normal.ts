import { erfc, erfcx } from "./erfc.ts";
import { bisect } from "./root.ts";

/** Φ(x), the distribution function of the standard normal; relative error about 1e-14. */
export const normalCdf = (x: number): number => erfc(-x * Math.SQRT1_2) / 2;

/** log Φ(x), finite however far in the tail. */
export function logNormalCdf(x: number): number {
  if (x < -1) return Math.log(erfcx(-x * Math.SQRT1_2) / 2) - (x * x) / 2;
  return Math.log1p(-erfc(x * Math.SQRT1_2) / 2);
}

/** Density of the standard normal. */
export const normalDensity = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The x with Φ(x) = p, 0 < p < 1. */
export function normalQuantile(p: number): number {
  if (p > 0.5) return -normalQuantile(1 - p);
  const target = Math.log(p);
  return bisect((x) => logNormalCdf(x) >= target, -1e9, 0).above;
}
