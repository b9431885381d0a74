import { batches } from "@moongate/mpc";
import { makePlan, type PlanChoices } from "@moongate/messages";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noisyTrainingEpsilon, withNoise } from "./noisy-training.ts";

const choices = (epsilon: number, epochs: number, dp: object = {}): PlanChoices => ({
  model: { kind: "logistic", epochs },
  dp: { epsilon, ...dp },
});
const planOf = (chosen: PlanChoices) => makePlan("s", ["a"], withNoise(chosen));

describe("noise for an epsilon", () => {
  it("gives the epsilon asked for, and hardly less", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 50, noNaN: true }),
        fc.integer({ min: 1, max: 500 }),
        fc.constantFrom(1e-8, 1e-6, 1e-5),
        (epsilon, epochs, delta) => {
          const actual = noisyTrainingEpsilon(planOf(choices(epsilon, epochs, { delta })));
          expect(actual).toBeLessThanOrEqual(epsilon * (1 + 1e-9));
          expect(actual).toBeGreaterThan(epsilon * (1 - 1e-6));
        },
      ),
      { numRuns: 60 },
    );
  });

  it("grows with the square root of epochs, as each is a release of every row", () => {
    const noise = (epochs: number): number => planOf(choices(1, epochs)).dp?.noiseMultiplier ?? 0;
    expect(noise(40) / noise(10)).toBeCloseTo(2, 9);
    // ρ at (1, 1e-6), by the optimum over orders written out: a value of the formula, not of this code.
    expect(noise(10)).toBeCloseTo(Math.sqrt(10 / (2 * 0.024356)), 2);
  });

  it("counts one release an epoch: every row is in exactly one batch of it", () => {
    for (const [rows, size] of [
      [1000, 1000],
      [1000, 64],
      [999, 77],
    ] as const) {
      for (const epoch of [0, 1]) {
        const seen = new Uint8Array(rows);
        for (const batch of batches("seed", epoch, rows, size))
          for (const row of batch) seen[row] = (seen[row] ?? 0) + 1;
        expect(seen.every((times) => times === 1)).toBe(true);
      }
    }
  });

  it("takes more noise than needed, and refuses less", () => {
    const needed = planOf(choices(2, 5)).dp?.noiseMultiplier ?? 0;
    expect(
      noisyTrainingEpsilon(planOf(choices(2, 5, { noiseMultiplier: 2 * needed }))),
    ).toBeLessThan(1.1);
    expect(() => withNoise(choices(2, 5, { noiseMultiplier: 0.99 * needed }))).toThrow(
      expect.objectContaining({ code: "DP_INVALID" }),
    );
  });

  it("leaves plans without an epsilon as they are: they claim nothing", () => {
    const plain: PlanChoices = { model: { kind: "sine" } };
    expect(withNoise(plain)).toBe(plain);
    expect(noisyTrainingEpsilon(makePlan("s", ["a"]))).toBe(Number.POSITIVE_INFINITY);
  });

  it("is for masked logistic regression alone", () => {
    expect(() => planOf({ dp: { epsilon: 1 } })).toThrow(/needs the logistic model/);
    expect(() => planOf({ ...choices(1, 5), protocol: "split" })).toThrow(
      /is for the masked protocol/,
    );
  });
});
