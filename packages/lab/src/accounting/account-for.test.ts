import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accountFor, type Batches, type NoisyRun } from "./account-for.ts";
import { analyticGaussianEpsilon } from "./analytic-gaussian.ts";
import { PldAccount } from "./pld/account.ts";
import { sampledGaussianLoss } from "./pld/gaussian-loss.ts";
import { reference } from "./reference.fixture.ts";
import { shuffledEpsilonAtLeast } from "./shuffled.ts";
import { gaussianRho, zcdpEpsilon } from "@moongate/defences";

const run = (batches: Batches, more: Partial<NoisyRun> = {}): NoisyRun => ({
  noise: "continuous",
  noiseMultiplier: 1,
  delta: 1e-5,
  batches,
  ...more,
});

const shuffled = reference.shuffle_vs_poisson_one_epoch;

describe("accountFor", () => {
  it("composes one unsampled release an epoch for shuffled batches", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.3, max: 30, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        fc.constantFrom(1e-8, 1e-5, 1e-3),
        (noiseMultiplier, epochs, delta) => {
          const batches = { kind: "shuffled", epochs } as const;
          const continuous = accountFor(run(batches, { noiseMultiplier, delta }));
          expect(continuous.epsilon).toBe(
            analyticGaussianEpsilon(noiseMultiplier / Math.sqrt(epochs), delta),
          );
          expect(continuous).toMatchObject({ releases: epochs, sampled: false });
          const discrete = accountFor(run(batches, { noiseMultiplier, delta, noise: "discrete" }));
          expect(discrete.epsilon).toBe(zcdpEpsilon(gaussianRho(noiseMultiplier, epochs), delta));
          expect(discrete.epsilon).toBeGreaterThanOrEqual(continuous.epsilon);
        },
      ),
      { numRuns: 50 },
    );
  });

  it("has no use for a sampling rate with shuffled batches, even if one is slipped in", () => {
    const slipped = { kind: "shuffled", epochs: 3, sampleRate: 0.001, steps: 3000 } as const;
    expect(accountFor(run(slipped))).toEqual(accountFor(run({ kind: "shuffled", epochs: 3 })));
  });

  it.each(shuffled)(
    "is never below what shuffled batches of σ $sigma, $T steps are known to cost, as a sampled bound is",
    ({ sigma, T, delta, poisson_q_1_over_T, shuffle_lower_bound }) => {
      const atLeast = shuffledEpsilonAtLeast({ noiseMultiplier: sigma, steps: T }, delta);
      expect(atLeast).toBeCloseTo(shuffle_lower_bound, 5);
      const more = { noiseMultiplier: sigma, delta };
      const account = accountFor(run({ kind: "shuffled", epochs: 1 }, more));
      expect(account.epsilon).toBeGreaterThan(atLeast);

      const poisson = accountFor(run({ kind: "poisson", sampleRate: 1 / T, steps: T }, more));
      expect(poisson.epsilon).toBeCloseTo(poisson_q_1_over_T, 3);
      expect(poisson.epsilon).toBeLessThan(atLeast / 2);
    },
  );

  it("does not lower ε for a party that knows the batches, however they came about", () => {
    const known = accountFor(run({ kind: "known", participations: 7 }));
    expect(known.epsilon).toBe(accountFor(run({ kind: "shuffled", epochs: 7 })).epsilon);
    expect(known.sampled).toBe(false);
  });

  it("counts on sampling for secret coins alone, by the tight accountant", () => {
    const account = accountFor(run({ kind: "poisson", sampleRate: 0.02, steps: 200 }));
    const mechanism = sampledGaussianLoss({ noiseMultiplier: 1, sampleRate: 0.02 });
    const expected = new PldAccount([{ mechanism, times: 200 }]).epsilon(1e-5);
    expect(account).toMatchObject({ epsilon: expected, sampled: true, releases: 200 });
    const known = accountFor(run({ kind: "known", participations: 200 }));
    expect(account.epsilon).toBeLessThan(known.epsilon);
  });

  it("refuses what it cannot account for", () => {
    const poisson = { kind: "poisson", sampleRate: 0.1, steps: 10 } as const;
    expect(() => accountFor(run(poisson, { noise: "discrete" }))).toThrow("no accountant");
    expect(() => accountFor(run({ kind: "shuffled", epochs: 0 }))).toThrow("epochs is 0");
    expect(() => accountFor(run({ kind: "known", participations: 2.5 }))).toThrow("is 2.5");
    expect(() => accountFor(run({ kind: "shuffled", epochs: 1 }, { noiseMultiplier: 0 }))).toThrow(
      "the noise multiplier is 0",
    );
  });
});
