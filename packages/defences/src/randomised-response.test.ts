import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noiseOf } from "./noise.fixture.ts";
import type { NoiseStream } from "./noise.ts";
import {
  flipProbability,
  isSettled,
  randomisedResponse,
  respondWithPrior,
} from "./randomised-response.ts";

const epsilons = fc.double({ min: 0.05, max: 20, noNaN: true });
const priors = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const bits = fc.constantFrom(0, 1);

/** Noise whose every uniform number is the same. */
const always = (uniform: number): NoiseStream => ({ uniform: () => uniform, normal: () => 0 });

describe("randomised response", () => {
  it("keeps e^ε times as often as it flips, for any ε", () => {
    fc.assert(
      fc.property(epsilons, (epsilon) => {
        const f = flipProbability(epsilon);
        expect((1 - f) / f / Math.exp(epsilon)).toBeCloseTo(1, 9);
      }),
    );
  });

  it("flips exactly when the uniform number is below f", () => {
    fc.assert(
      fc.property(epsilons, bits, (epsilon, label) => {
        const f = flipProbability(epsilon);
        expect(randomisedResponse(label, epsilon, always(f * (1 - 1e-9))).bit).toBe(1 - label);
        expect(randomisedResponse(label, epsilon, always(f)).bit).toBe(label);
      }),
    );
  });

  it("has targets whose mean over the draw is the label", () => {
    fc.assert(
      fc.property(epsilons, bits, (epsilon, label) => {
        const f = flipProbability(epsilon);
        const kept = randomisedResponse(label, epsilon, always(1 - 2 ** -53)).target;
        const flipped = randomisedResponse(label, epsilon, always(0)).target;
        expect((1 - f) * kept + f * flipped).toBeCloseTo(label, 9);
      }),
    );
  });

  it("has the corrected loss's derivative, p − target", () => {
    const loss = (logit: number, label: number): number =>
      Math.log1p(Math.exp(label === 1 ? -logit : logit));
    fc.assert(
      fc.property(
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        bits,
        fc.double({ min: -4, max: 4, noNaN: true }),
        (epsilon, label, logit) => {
          const f = flipProbability(epsilon);
          const { bit, target } = randomisedResponse(label, epsilon, always(0.9));
          const corrected = (z: number): number =>
            ((1 - f) * loss(z, bit) - f * loss(z, 1 - bit)) / (1 - 2 * f);
          const slope = (corrected(logit + 1e-5) - corrected(logit - 1e-5)) / 2e-5;
          expect(slope).toBeCloseTo(1 / (1 + Math.exp(-logit)) - target, 6);
        },
      ),
    );
  });

  it("flips that share of many labels, and its targets are right on average", () => {
    const noise = noiseOf("many").stream("labels");
    const rows = 100_000;
    let [flips, sum, positives] = [0, 0, 0];
    for (let row = 0; row < rows; row++) {
      const label = row % 5 === 0 ? 1 : 0;
      const { bit, target } = randomisedResponse(label, 1, noise);
      flips += bit === label ? 0 : 1;
      positives += label;
      sum += target;
    }
    expect(flips / rows).toBeCloseTo(0.2689, 2);
    expect(Math.abs(sum - positives) / rows).toBeLessThan(0.012);
  });
});

describe("randomised response with a prior", () => {
  it("at 3% positives is settled below ε = 3.48 and draws above", () => {
    expect(isSettled(0.03, 3.47)).toBe(true);
    expect(isSettled(0.03, 3.48)).toBe(false);
    expect(isSettled(0.97, 3.47)).toBe(true);
    expect(isSettled(0.5, 0.01)).toBe(false);
  });

  it("takes the k of the larger e^ε/(e^ε + k − 1) · (sum of the top k priors)", () => {
    fc.assert(
      fc.property(epsilons, priors, (epsilon, prior) => {
        const one = Math.max(prior, 1 - prior);
        const two = Math.exp(epsilon) / (Math.exp(epsilon) + 1);
        fc.pre(Math.abs(one - two) > 1e-12);
        expect(isSettled(prior, epsilon)).toBe(one > two);
      }),
    );
  });

  it("says the likelier class whatever the label where settled, else what plain response says", () => {
    fc.assert(
      fc.property(
        epsilons,
        priors,
        bits,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (epsilon, prior, label, uniform) => {
          const likelier = prior > 0.5 ? 1 : 0;
          expect(respondWithPrior(label, prior, epsilon, always(uniform))).toEqual(
            isSettled(prior, epsilon)
              ? { bit: likelier, target: likelier }
              : randomisedResponse(label, epsilon, always(uniform)),
          );
        },
      ),
    );
  });
});
