import { betaCdf } from "./numeric/beta.ts";
import { bisectUp } from "./numeric/root.ts";

/** The t below which Student's distribution has probability p, 0 < p < 1. */
export function studentQuantile(p: number, degrees: number): number {
  if (p < 0.5) return -studentQuantile(1 - p, degrees);
  return bisectUp((t) => studentTails(t, degrees) <= 2 * (1 - p)).above;
}

/** The probability that Student's t is at least that far from 0, on either side. */
export function studentTails(t: number, degrees: number): number {
  // P(|T| > t) = I_x(degrees/2, 1/2) at x = degrees / (degrees + t²)
  return betaCdf(degrees / (degrees + t * t), degrees / 2, 0.5);
}
