import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { published, reference } from "./reference.fixture.ts";
import { type SampledGaussian, sampledGaussianRdp } from "./sampled-gaussian-rdp.ts";

describe("sampledGaussianRdp", () => {
  it.each(reference.rdp_vectors)("order $order at q $sample_rate, σ $sigma", (row) => {
    const mechanism = { noiseMultiplier: row.sigma, sampleRate: row.sample_rate };
    const value = sampledGaussianRdp(row.order, mechanism);
    expect(value / row.rdp_exact_mpmath).toBeCloseTo(1, 9);
  });

  it("equals published whole orders, and exact fractional ones", () => {
    for (const row of published("rdp_vector")) {
      const mechanism = { noiseMultiplier: row.sigma, sampleRate: row.sample_rate };
      for (const [i, order] of (row.orders as number[]).entries()) {
        const value = row.steps * sampledGaussianRdp(order, mechanism);
        // the published fractional orders were computed without the binomial's signs: bounds, but
        // loose; there the values with signs are known
        const exact = row.recomputed?.mpmath_exact?.[i] ?? row.rdp[i] ?? NaN;
        expect(Math.abs(value / exact - 1)).toBeLessThan(row.tolerance_rel);
        expect(value).toBeLessThanOrEqual((row.rdp[i] ?? NaN) * (1 + row.tolerance_rel));
      }
    }
  });

  it("equals the integral it is a series of, at any order", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1.05, max: 60, noNaN: true }),
        fc.double({ min: 0.4, max: 8, noNaN: true }),
        fc.double({ min: 1e-3, max: 0.999, noNaN: true }),
        (order, noiseMultiplier, sampleRate) => {
          const mechanism = { noiseMultiplier, sampleRate };
          const [value, expected] = [
            sampledGaussianRdp(order, mechanism),
            byQuadrature(order, mechanism),
          ];
          // the logarithm of A, which is about 1 for little privacy loss, has 1e-15 to lose
          expect(Math.abs(value - expected)).toBeLessThan(1e-8 * expected + 4e-15 / (order - 1));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("grows with the order, and is that of the plain Gaussian at rate 1", () => {
    const mechanism = { noiseMultiplier: 0.9, sampleRate: 0.02 };
    let last = 0;
    for (let order = 1.1; order < 20; order += 0.1) {
      const value = sampledGaussianRdp(order, mechanism);
      expect(value).toBeGreaterThan(last);
      last = value;
    }
    expect(sampledGaussianRdp(3.5, { noiseMultiplier: 2, sampleRate: 1 })).toBe(3.5 / 8);
  });

  it("refuses what is outside its domain", () => {
    const mechanism = { noiseMultiplier: 1, sampleRate: 0.5 };
    expect(() => sampledGaussianRdp(1, mechanism)).toThrow("an order is 1");
    expect(() => sampledGaussianRdp(2, { ...mechanism, sampleRate: 0 })).toThrow("rate is 0");
    expect(() => sampledGaussianRdp(2, { ...mechanism, noiseMultiplier: -1 })).toThrow("is -1");
  });
});

/**
 * log E[(1 + u)^α − αu] / (α−1) over x ~ N(0, σ²), with u = q (exp((2x−1)/2σ²) − 1) of mean 0: an
 * integrand without cancellation. The trapezoidal rule converges exponentially for it.
 */
function byQuadrature(order: number, { noiseMultiplier: sigma, sampleRate: q }: SampledGaussian) {
  const [from, to, steps] = [-14 * sigma, order + 14 * sigma, 20_000];
  const width = (to - from) / steps;
  const logs = Array.from({ length: steps + 1 }, (_, i) => {
    const x = from + i * width;
    const u = q * Math.expm1((2 * x - 1) / (2 * sigma * sigma));
    const log = order * Math.log1p(u);
    const density = (-x * x) / (2 * sigma * sigma);
    const grown = log > 30 ? log : Math.log(Math.expm1(log) - order * u);
    return Number.isNaN(grown) ? -Infinity : grown + density;
  });
  const largest = Math.max(...logs);
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  const excess = largest + Math.log((sum * width) / (sigma * Math.sqrt(2 * Math.PI)));
  return (excess > 30 ? excess : Math.log1p(Math.exp(excess))) / (order - 1);
}
