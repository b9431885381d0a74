import { erfcx } from "@moongate/statistics";
import { alternatingTail, SignedSum } from "./numeric/series.ts";
import { logNormalCdf } from "@moongate/statistics";
import { requireOrder, requirePositive, requireRate } from "@moongate/statistics";

/** Gaussian noise on a sum over rows of which each was drawn by a coin of its own (Poisson). */
export interface SampledGaussian {
  /** Standard deviation divided by the largest norm of a row's part: its adding or removing. */
  readonly noiseMultiplier: number;
  /** Chance of a row to be drawn; 1 is the plain Gaussian mechanism. */
  readonly sampleRate: number;
}

/**
 * Rényi divergence of one step of the sampled Gaussian mechanism, in nats, after Mironov, Talwar and
 * Zhang, "Rényi Differential Privacy of the Sampled Gaussian Mechanism" (2019, arXiv 1908.10530):
 * log A / (α − 1), of both adjacent directions the larger.
 *
 * @param order α > 1, whole or fractional.
 */
export function sampledGaussianRdp(order: number, mechanism: SampledGaussian): number {
  const { noiseMultiplier: sigma, sampleRate: q } = mechanism;
  requireOrder(order);
  requirePositive("the noise multiplier", sigma);
  requireRate(q);
  if (q === 1) return order / (2 * sigma * sigma);
  const log = Number.isInteger(order) ? logWhole(order, sigma, q) : logFractional(order, sigma, q);
  return Math.max(0, log) / (order - 1);
}

/** Section 3.3, whole orders: Σ binom(α, i) q^i (1−q)^(α−i) exp((i²−i) / 2σ²). */
function logWhole(order: number, sigma: number, q: number): number {
  const sum = new SignedSum();
  let binomial = 0;
  for (let i = 0; i <= order; i++) {
    const power = i * Math.log(q) + (order - i) * Math.log1p(-q);
    sum.add(1, binomial + power + (i * i - i) / (2 * sigma * sigma));
    binomial += Math.log((order - i) / (i + 1));
  }
  return sum.log();
}

/**
 * Section 3.3, fractional orders: the integral is split at z, where the two densities of the mixture
 * cross, and either half expanded into an infinite series. The binomial's signs alternate once
 * i > α, and are kept: without them the bound holds but is loose. From where both halves are tails,
 * the series alternates, decays only like a power of i, and is summed with acceleration.
 */
function logFractional(order: number, sigma: number, q: number): number {
  const odds = Math.log1p(-q) - Math.log(q);
  const z = sigma * sigma * odds + 0.5;
  const tail = order * Math.log1p(-q) - (z * z) / (2 * sigma * sigma) - Math.LN2;
  // above the crossing exp((i²−i)/2σ²) and the normal tail cancel: their logarithms are not formed
  const half = (power: number, distance: number): number => {
    const scaled = distance / sigma;
    if (scaled > 0) return tail + Math.log(erfcx(scaled * Math.SQRT1_2));
    const growth = (power * power - power) / (2 * sigma * sigma);
    return growth - power * odds + order * Math.log1p(-q) + logNormalCdf(-scaled);
  };
  const term = (i: number): number => logAdd(half(i, i - z), half(order - i, z - order + i));

  const sum = new SignedSum();
  const alternates = Math.ceil(Math.max(order, z, order - z)) + 4;
  let [sign, binomial] = [1, 0];
  for (let i = 0; ; i++) {
    const log = binomial + term(i);
    if (i > order && log < sum.log() + NEGLIGIBLE) return sum.log();
    if (i >= alternates) {
      sum.add(sign, log + Math.log(alternatingTail(ratios(order, i, term))));
      return sum.log();
    }
    sum.add(sign, log);
    const factor = (order - i) / (i + 1);
    binomial += Math.log(Math.abs(factor));
    if (factor < 0) sign = -sign;
  }
}

/** log of what no longer changes a double. */
const NEGLIGIBLE = -40;
const TAIL_TERMS = 24;

/** |term i+k| / |term i| for k = 0, 1, … */
function ratios(order: number, from: number, term: (i: number) => number): Float64Array {
  const first = term(from);
  let binomial = 0;
  return Float64Array.from({ length: TAIL_TERMS }, (_, k) => {
    const i = from + k;
    const ratio = Math.exp(binomial + term(i) - first);
    binomial += Math.log((i - order) / (i + 1));
    return ratio;
  });
}

const logAdd = (a: number, b: number): number =>
  Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b)));
