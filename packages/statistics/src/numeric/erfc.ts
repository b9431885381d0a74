/**
 * The complementary error function, and its scaled form exp(x²) erfc(x), by the rational Chebyshev
 * approximations of W. J. Cody, "Rational Chebyshev Approximations for the Error Function",
 * Mathematics of Computation 23 (1969). Relative error below 1e-14, tails included; erfc underflows
 * beyond x = 26.5, erfcx overflows below x = -26.6.
 */

/** Numerator and denominator for erf on |x| ≤ 0.46875, in x², leading coefficient first. */
const NEAR_P = [
  1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2,
  3.20937758913846947e3,
];
const NEAR_Q = [
  1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
];

/** Coefficients of erfcx on 0.46875 < x ≤ 4, in x. */
const MIDDLE_P = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
  2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3,
  1.23033935479799725e3,
];
const MIDDLE_Q = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
  3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
];

/** Coefficients of erfcx on x > 4, in 1/x². */
const FAR_P = [
  1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
  1.60837851487422766e-2, 6.58749161529837803e-4,
];
const FAR_Q = [
  1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
  2.33520497626869185e-3,
];

const NEAR = 0.46875;
const SQRT_PI = 1.7724538509055160273;

/** erfc(x) = 1 − erf(x). */
export function erfc(x: number): number {
  if (Math.abs(x) <= NEAR) return 1 - erfNear(x);
  const tail = expMinusSquare(x) * scaledTail(Math.abs(x));
  return x < 0 ? 2 - tail : tail;
}

/** exp(x²) erfc(x): erfc without its underflow, about 1/(x √π) for large x. */
export function erfcx(x: number): number {
  if (Math.abs(x) <= NEAR) return Math.exp(x * x) * (1 - erfNear(x));
  const tail = scaledTail(Math.abs(x));
  return x < 0 ? 2 / expMinusSquare(x) - tail : tail;
}

function erfNear(x: number): number {
  const square = x * x;
  return (x * horner(NEAR_P, square)) / horner(NEAR_Q, square);
}

/** erfcx of x > 0.46875. */
function scaledTail(x: number): number {
  if (x <= 4) return horner(MIDDLE_P, x) / horner(MIDDLE_Q, x);
  const inverse = 1 / (x * x);
  const correction = (inverse * horner(FAR_P, inverse)) / horner(FAR_Q, inverse);
  return (1 / SQRT_PI - correction) / x;
}

/** exp(−x²) with x split at sixteenths, so that the square's rounding does not reach the result. */
function expMinusSquare(x: number): number {
  const head = Math.trunc(x * 16) / 16;
  return Math.exp(-head * head) * Math.exp(-(x - head) * (x + head));
}

function horner(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (const coefficient of coefficients) value = value * x + coefficient;
  return value;
}
