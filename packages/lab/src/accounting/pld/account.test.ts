import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyticGaussianEpsilon } from "../analytic-gaussian.ts";
import { rdpEpsilon, sampledGaussianCurve } from "../rdp.ts";
import { keepProbability } from "../randomised-response.ts";
import { PldAccount } from "./account.ts";
import { sampledGaussianLoss } from "./gaussian-loss.ts";
import type { LossDistribution } from "./loss.ts";
import { randomisedResponseLoss } from "./randomised-response-loss.ts";
import { normalCdf } from "@moongate/statistics";

const gaussian = (noiseMultiplier: number, sampleRate = 1) =>
  sampledGaussianLoss({ noiseMultiplier, sampleRate });

describe("PldAccount", () => {
  it("is above the exact Gaussian by little, and never below", () => {
    for (const [sigma, times] of [
      [1, 1],
      [0.4, 3],
      [7, 40],
    ] as const) {
      const account = new PldAccount([{ mechanism: gaussian(sigma), times }]);
      for (const delta of [1e-2, 1e-5, 1e-8]) {
        const exact = analyticGaussianEpsilon(sigma / Math.sqrt(times), delta);
        const epsilon = account.epsilon(delta);
        expect(epsilon).toBeGreaterThanOrEqual(exact);
        expect(epsilon).toBeLessThan(exact + 1e-4);
        expect(account.epsilonAtLeast(delta)).toBeLessThanOrEqual(exact);
        expect(account.epsilonAtLeast(delta)).toBeGreaterThan(exact - 0.03);
      }
    }
  });

  it("never says less than the truth however coarse its grid, and approaches it", () => {
    const exact = analyticGaussianEpsilon(2 / Math.sqrt(8), 1e-5);
    let last = Infinity;
    for (const interval of [0.5, 0.1, 0.02, 0.004]) {
      const account = new PldAccount([{ mechanism: gaussian(2), times: 8 }], { interval });
      const epsilon = account.epsilon(1e-5);
      expect(epsilon).toBeGreaterThanOrEqual(exact);
      expect(epsilon).toBeLessThan(last);
      expect(account.epsilonAtLeast(1e-5)).toBeLessThanOrEqual(exact);
      last = epsilon;
    }
    expect(last - exact).toBeLessThan(1e-4);
  });

  it("equals the closed form of one sampled step, in both directions", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 5, noNaN: true }),
        fc.double({ min: 0.001, max: 0.99, noNaN: true }),
        fc.double({ min: 0.001, max: 3, noNaN: true }),
        (sigma, q, epsilon) => {
          const interval = 1e-3;
          const account = new PldAccount([{ mechanism: gaussian(sigma, q), times: 1 }], {
            interval,
          });
          const exact = oneStep(sigma, q, epsilon);
          // chords above the curve: exact at grid points
          expect(account.delta(epsilon)).toBeGreaterThanOrEqual(exact * (1 - 1e-9) - 1e-15);
          expect(account.delta(epsilon)).toBeLessThan(exact + 1e-4);
          const point = Math.round(epsilon / interval) * interval;
          expect(account.delta(point)).toBeCloseTo(oneStep(sigma, q, point), 13);
        },
      ),
      { numRuns: 40, endOnFailure: true },
    );
  });

  it("is tighter than Rényi accounting, which is a bound too", () => {
    for (const [sigma, q, times] of [
      [0.8, 0.02, 300],
      [2, 0.3, 50],
      [5, 0.01, 4000],
    ] as const) {
      const mechanism = { noiseMultiplier: sigma, sampleRate: q };
      const renyi = rdpEpsilon(sampledGaussianCurve(mechanism, times), 1e-6).epsilon;
      const account = new PldAccount([{ mechanism: sampledGaussianLoss(mechanism), times }]);
      expect(account.epsilon(1e-6)).toBeLessThan(renyi);
      expect(account.epsilon(1e-6)).toBeGreaterThan(0.5 * renyi);
    }
  });

  it("composes different mechanisms, in any order and grouping", () => {
    const [a, b] = [gaussian(3), gaussian(4)];
    const mixed = new PldAccount([
      { mechanism: a, times: 2 },
      { mechanism: b, times: 5 },
    ]);
    const sigma = 1 / Math.sqrt(2 / 9 + 5 / 16);
    const exact = analyticGaussianEpsilon(sigma, 1e-6);
    expect(mixed.epsilon(1e-6)).toBeGreaterThanOrEqual(exact);
    expect(mixed.epsilon(1e-6)).toBeLessThan(exact + 1e-5);
    const other = new PldAccount([
      { mechanism: b, times: 4 },
      { mechanism: a, times: 2 },
      { mechanism: b, times: 1 },
    ]);
    expect(other.epsilon(1e-6)).toBeCloseTo(mixed.epsilon(1e-6), 8);
  });

  it("equals the binomial sum of repeated randomised response", () => {
    const [epsilon, times] = [0.5, 6];
    const keep = keepProbability({ epsilon });
    const account = new PldAccount([{ mechanism: randomisedResponseLoss({ epsilon }), times }]);
    for (const at of [0, 0.3, 1, 1.7, 2.9]) {
      let [exact, choose] = [0, 1];
      for (let lies = 0; lies <= times; lies++) {
        const loss = (times - 2 * lies) * epsilon;
        const mass = choose * keep ** (times - lies) * (1 - keep) ** lies;
        exact += mass * Math.max(0, -Math.expm1(at - loss));
        choose = (choose * (times - lies)) / (lies + 1);
      }
      expect(account.delta(at)).toBeCloseTo(exact, 8);
      expect(account.delta(at)).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
    }
    expect(account.epsilon(1e-9)).toBeCloseTo(times * epsilon, 4);
  });

  it("says infinity rather than a small number where rounding ends what it can tell", () => {
    const account = new PldAccount([{ mechanism: gaussian(20), times: 1000 }], { interval: 1e-3 });
    expect(account.epsilon(1e-14)).toBe(Infinity);
  });

  it("refuses what is outside its domain", () => {
    expect(() => new PldAccount([])).toThrow("nothing to account for");
    const [mechanism, account] = [
      gaussian(1),
      new PldAccount([{ mechanism: gaussian(1), times: 1 }]),
    ];
    expect(() => new PldAccount([{ mechanism, times: 1.5 }])).toThrow("number of times is 1.5");
    expect(() => new PldAccount([{ mechanism, times: 1 }], { interval: 0 })).toThrow(
      "interval is 0",
    );
    expect(() => gaussian(0.01)).toThrow("noise multiplier of 0.01 is too small");
    expect(() => account.epsilon(0)).toThrow("δ is 0");
    expect(() => account.delta(-1)).toThrow("ε is -1");
  });
});

describe("losses on a grid", () => {
  it.each([gaussian(0.5), gaussian(2, 0.01), randomisedResponseLoss({ epsilon: 1.3, values: 4 })])(
    "keep their mass, under P and under Q",
    (mechanism) => {
      const { remove, add } = mechanism.discretise(0.01);
      for (const one of [remove, add]) {
        const [underP, underQ] = massesOf(one);
        expect(underP + one.infinite).toBeCloseTo(1, 12);
        expect(underQ).toBeCloseTo(1, 12);
        for (const mass of one.masses) expect(mass).toBeGreaterThanOrEqual(0);
      }
    },
  );
});

function massesOf({ first, interval, masses }: LossDistribution): [number, number] {
  let [underP, underQ] = [0, 0];
  for (const [i, mass] of masses.entries()) {
    underP += mass;
    underQ += mass * Math.exp(-(first + i) * interval);
  }
  return [underP, underQ];
}

/** δ of one step of the sampled Gaussian: the outcomes from where the log ratio is ±ε. */
function oneStep(sigma: number, q: number, epsilon: number): number {
  const reach = 0.5 + sigma * sigma * Math.log(1 + Math.expm1(epsilon) / q);
  const above = (shift: number): number => normalCdf((shift - reach) / sigma);
  const remove = (1 - q - Math.exp(epsilon)) * above(0) + q * above(1);
  const inner = Math.expm1(-epsilon) + q;
  if (inner <= 0) return remove;
  const back = 0.5 + sigma * sigma * Math.log(inner / q);
  const below = (shift: number): number => normalCdf((back - shift) / sigma);
  const add = (1 - Math.exp(epsilon) * (1 - q)) * below(0) - Math.exp(epsilon) * q * below(1);
  return Math.max(remove, add);
}
