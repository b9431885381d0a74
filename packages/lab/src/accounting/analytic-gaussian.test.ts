import { describe, expect, it } from "vitest";
import {
  analyticGaussianDelta,
  analyticGaussianEpsilon,
  analyticGaussianNoiseMultiplier,
} from "./analytic-gaussian.ts";
import { published, reference } from "./reference.fixture.ts";

describe("analytic Gaussian", () => {
  it.each(published("analytic_gaussian_delta"))("δ as in $source", (row) => {
    const delta = analyticGaussianDelta(row.sigma, row.epsilon);
    expect(Math.abs(delta / row.delta - 1)).toBeLessThan(row.tolerance_rel);
  });

  it.each(published("smallest_sigma_gaussian"))("σ of $steps steps as in $source", (row) => {
    const one = analyticGaussianNoiseMultiplier(row.epsilon, row.delta);
    const sigma = one * Math.sqrt(row.steps) * row.sensitivity;
    expect(Math.abs(sigma - row.sigma)).toBeLessThan(row.tolerance_abs);
  });

  it("equals twelve values of σ and ten of ε, to ten digits", () => {
    for (const { epsilon, delta, sigma_min } of reference.analytic_gaussian_computed
      .sigma_for_eps) {
      expect(analyticGaussianNoiseMultiplier(epsilon, delta) / sigma_min).toBeCloseTo(1, 10);
    }
    for (const { sigma, delta, epsilon } of reference.analytic_gaussian_computed.eps_for_sigma) {
      expect(analyticGaussianEpsilon(sigma, delta) / epsilon).toBeCloseTo(1, 10);
    }
  });

  it("keeps its relative precision far in the tail", () => {
    // either would be lost in a difference of two distribution functions
    expect(analyticGaussianDelta(1, 12) / TAIL_1_12).toBeCloseTo(1, 9);
    expect(analyticGaussianDelta(50, 0.5) / TAIL_50_HALF).toBeCloseTo(1, 9);
  });

  it("is 0 where δ allows everything, and total variation at ε = 0", () => {
    expect(analyticGaussianEpsilon(100, 0.1)).toBe(0);
    expect(analyticGaussianDelta(1, 0)).toBeCloseTo(0.38292492254802624, 14);
  });
});

/** δ of s = 1 at ε = 12, and of s = 50 at ε = 1/2, computed with 400 digits. */
const TAIL_1_12 = 5.2084420689504657e-32;
const TAIL_50_HALF = 3.129776772980134e-141;
