import { bisectUp } from "@moongate/statistics";
import {
  requireDelta,
  requireEpsilon,
  requireNotNegative,
  requirePositive,
} from "@moongate/statistics";

/**
 * Zero-concentrated differential privacy (Bun and Steinke, TCC 2016): Rényi divergence of every
 * order α at most α ρ. It adds up under composition, and a discrete Gaussian of parameter σ has the
 * ρ of the continuous one (Canonne, Kamath and Steinke, NeurIPS 2020, arXiv 2004.00010, theorem 4
 * and, for vectors, its multivariate form), which the analytic Gaussian formula has not: use this
 * accountant whenever the noise is drawn on a grid.
 */

/**
 * ρ of `releases` releases of a vector on the integers, each with independent discrete (or
 * continuous) Gaussian noise on every coordinate.
 *
 * @param noiseMultiplier σ divided by the largest L2 distance between the vectors of two
 *   neighbouring tables.
 */
export function gaussianRho(noiseMultiplier: number, releases = 1): number {
  requirePositive("the noise multiplier", noiseMultiplier);
  requireNotNegative("the number of releases", releases);
  return releases / (2 * noiseMultiplier * noiseMultiplier);
}

/**
 * The δ that ρ-zCDP has at ε: the least over all real orders α > 1 of
 * exp((α−1)(αρ−ε)) (1−1/α)^α / (α−1) (Canonne, Kamath and Steinke, proposition 12).
 */
export function zcdpDelta(rho: number, epsilon: number): number {
  requireNotNegative("ρ", rho);
  requireEpsilon(epsilon);
  if (rho === 0) return 0;
  // the logarithm is convex in α; its derivative is (2α−1)ρ − ε + log(1−1/α)
  const rises = (excess: number): boolean =>
    (2 * excess + 1) * rho - epsilon - Math.log1p(1 / excess) >= 0;
  const excess = bisectUp((x) => x > 0 && rises(x)).above;
  const order = 1 + excess;
  const exponent = excess * (order * rho - epsilon);
  const log = exponent - order * Math.log1p(1 / excess) - Math.log(excess);
  return Math.min(1, Math.exp(log));
}

/** The least ε at which ρ-zCDP gives (ε, δ)-differential privacy by {@link zcdpDelta}. */
export function zcdpEpsilon(rho: number, delta: number): number {
  requireNotNegative("ρ", rho);
  requireDelta(delta);
  return bisectUp((epsilon) => zcdpDelta(rho, epsilon) <= delta).above;
}

/** The largest ρ whose {@link zcdpEpsilon} at δ is at most ε. */
export function zcdpRho(epsilon: number, delta: number): number {
  requireEpsilon(epsilon);
  requireDelta(delta);
  return bisectUp((rho) => zcdpDelta(rho, epsilon) > delta).below;
}

/**
 * The smallest noise multiplier with which `releases` releases of (discrete) Gaussian noise have
 * (ε, δ)-differential privacy by zCDP. Rounded up by one part in 10^12, so that whoever computes
 * ε back from it stays at or below the one asked for.
 */
export function zcdpNoiseMultiplier(epsilon: number, delta: number, releases: number): number {
  requirePositive("the number of releases", releases);
  return Math.sqrt(releases / (2 * zcdpRho(epsilon, delta))) * (1 + 1e-12);
}
