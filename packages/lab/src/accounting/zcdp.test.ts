import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyticGaussianEpsilon } from "./analytic-gaussian.ts";
import {
  gaussianRho,
  zcdpDelta,
  zcdpEpsilon,
  zcdpNoiseMultiplier,
  zcdpRho,
} from "@moongate/defences";

const rhos = fc.double({ min: 1e-4, max: 20, noNaN: true });
const deltas = fc.double({ min: 1e-10, max: 1e-2, noNaN: true });

describe("zcdp", () => {
  it("equals the conversion's formula minimised by a general-purpose optimiser", () => {
    expect(zcdpEpsilon(0.5, 1e-5)).toBeCloseTo(4.728386984943, 10);
    expect(zcdpEpsilon(0.1, 1e-6)).toBeCloseTo(2.141938928385, 10);
  });

  it("adds up under composition and falls with the square of the noise", () => {
    expect(gaussianRho(2)).toBe(1 / 8);
    expect(gaussianRho(2, 3)).toBe(3 / 8);
  });

  it("is below Bun and Steinke's closed form and above the exact continuous Gaussian", () => {
    fc.assert(
      fc.property(rhos, deltas, (rho, delta) => {
        const epsilon = zcdpEpsilon(rho, delta);
        expect(epsilon).toBeLessThanOrEqual(rho + 2 * Math.sqrt(rho * Math.log(1 / delta)));
        const sigma = Math.sqrt(1 / (2 * rho));
        expect(epsilon).toBeGreaterThanOrEqual(analyticGaussianEpsilon(sigma, delta));
      }),
      { numRuns: 30 },
    );
  });

  it("goes there and back", () => {
    fc.assert(
      fc.property(rhos, deltas, (rho, delta) => {
        const epsilon = zcdpEpsilon(rho, delta);
        expect(zcdpDelta(rho, epsilon)).toBeLessThanOrEqual(delta);
        fc.pre(epsilon > 0); // at 0 there is room: δ allows more than ρ
        expect(zcdpRho(epsilon, delta) / rho).toBeCloseTo(1, 8);
        const multiplier = zcdpNoiseMultiplier(epsilon, delta, 7);
        expect(zcdpEpsilon(gaussianRho(multiplier, 7), delta)).toBeLessThanOrEqual(epsilon);
        expect(gaussianRho(multiplier, 7) / rho).toBeCloseTo(1, 8);
      }),
      { numRuns: 10 },
    );
  });

  it("says 0 for nothing released", () => {
    expect(zcdpEpsilon(gaussianRho(1, 0), 1e-5)).toBe(0);
  });

  it("refuses what is outside its domain", () => {
    expect(() => gaussianRho(0)).toThrow("the noise multiplier is 0");
    expect(() => zcdpEpsilon(1, 0)).toThrow("δ is 0");
    expect(() => zcdpEpsilon(Number.NaN, 1e-5)).toThrow("ρ is NaN");
  });
});
