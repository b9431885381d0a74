/**
 * The two-sided quantile of Student's t: |T| stays below it with the given probability. By bisection
 * on the distribution function, which for whole degrees of freedom is a finite sum (Abramowitz and
 * Stegun 26.7.3 and 26.7.4).
 *
 * @param freedom whole, at least 1.
 * @param confidence in (0, 1).
 */
export function studentQuantile(freedom: number, confidence: number): number {
  let [low, high] = [0, 1];
  while (within(high, freedom) < confidence && high < 1e12) high *= 2;
  for (let halving = 0; halving < 200 && high - low > 1e-13 * high; halving++) {
    const middle = (low + high) / 2;
    if (within(middle, freedom) < confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The probability that |T| ≤ t. */
function within(t: number, freedom: number): number {
  const angle = Math.atan(t / Math.sqrt(freedom));
  const square = Math.cos(angle) ** 2;
  const odd = freedom % 2 === 1;
  let term = odd ? Math.cos(angle) : 1;
  let sum = 0;
  for (let index = odd ? 1 : 0; index <= freedom - 2; index += 2) {
    sum += term;
    term *= (square * (index + 1)) / (index + 2);
  }
  const part = Math.sin(angle) * sum;
  return odd ? (2 / Math.PI) * (angle + part) : part;
}
