import { MoongateError } from "@moongate/errors";

/** log Γ(x) for x > 0: Stirling's series from 10 on, reached by Γ(x+1) = x Γ(x). */
export function logGamma(x: number): number {
  let [at, product] = [x, 1];
  for (; at < 10; at++) product *= at;
  const square = at * at;
  let series = 0;
  for (const coefficient of STIRLING) series = series / square + coefficient;
  return (
    (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series / at - Math.log(product)
  );
}

/** Bernoulli numbers B_2k / (2k (2k−1)), from the eighth to the first. */
const STIRLING = [
  -3617 / 122_400,
  1 / 156,
  -691 / 360_360,
  1 / 1188,
  -1 / 1680,
  1 / 1260,
  -1 / 360,
  1 / 12,
];

/**
 * The distribution function at x of the beta distribution, the regularised incomplete beta function
 * I_x(a, b), by its continued fraction (Abramowitz and Stegun 26.5.8) with Lentz's recurrence.
 */
export function betaCdf(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // the fraction converges fast below the mean; above it the mirror image does
  if (x > (a + 1) / (a + b + 2)) return 1 - betaCdf(1 - x, b, a);
  const log = logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x);
  return (Math.exp(log) * fraction(x, a, b)) / a;
}

function fraction(x: number, a: number, b: number): number {
  const kept = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let numerator = 1;
  let denominator = 1 / kept(1 - ((a + b) * x) / (a + 1));
  let value = denominator;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    denominator = 1 / kept(1 + even * denominator);
    numerator = kept(1 + even / numerator);
    value *= denominator * numerator;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    denominator = 1 / kept(1 + odd * denominator);
    numerator = kept(1 + odd / numerator);
    const change = denominator * numerator;
    value *= change;
    if (Math.abs(change - 1) < 1e-15) return value;
  }
  throw new MoongateError(
    "INTERNAL",
    `the incomplete beta function of ${a} and ${b} did not settle`,
  );
}

const TINY = 1e-300;
