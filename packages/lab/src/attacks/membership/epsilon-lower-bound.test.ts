import { describe, expect, it } from "vitest";
import { clopperPearson, normalCdf } from "@moongate/statistics";
import { analyticGaussianEpsilon } from "../../accounting/analytic-gaussian.ts";
import { epsilonLowerBound } from "./epsilon-lower-bound.ts";

const counts = (hits: number, alarms: number, trials: number) => ({
  truePositives: { successes: hits, trials },
  falsePositives: { successes: alarms, trials },
});

describe("epsilonLowerBound", () => {
  it("is the largest that a perfect attack of 500 trials each can prove", () => {
    // Clopper–Pearson of 0 in 500 at 97.5%: 1 − 0.025^(1/500)
    const tail = 1 - 0.025 ** (1 / 500);
    const expected = Math.log((1 - tail - 1e-5) / tail);
    expect(epsilonLowerBound(counts(500, 0, 500), 1e-5)).toBeCloseTo(expected, 10);
  });

  it("uses whichever of the two errors is rarer", () => {
    // few alarms, or few misses: the same attack seen from the other side
    const [one, other] = [counts(120, 2, 1000), counts(998, 880, 1000)];
    expect(epsilonLowerBound(one, 1e-6)).toBeCloseTo(epsilonLowerBound(other, 1e-6), 10);
    const hits = clopperPearson({ successes: 120, trials: 1000 }).low;
    const alarms = clopperPearson({ successes: 2, trials: 1000 }).high;
    expect(epsilonLowerBound(one, 1e-6)).toBeCloseTo(Math.log((hits - 1e-6) / alarms), 10);
  });

  it("proves nothing from chance, and less when thresholds were tried", () => {
    expect(epsilonLowerBound(counts(50, 50, 1000), 1e-5)).toBe(0);
    expect(epsilonLowerBound(counts(0, 1000, 1000), 1e-5)).toBe(0);
    const one = epsilonLowerBound(counts(300, 3, 1000), 1e-5);
    const many = epsilonLowerBound(counts(300, 3, 1000), 1e-5, { thresholds: 100 });
    expect(many).toBeLessThan(one);
    expect(many).toBeGreaterThan(0);
  });

  it("stays below the ε of the Gaussian mechanism under its best attack, and comes near it", () => {
    // the exact rates of thresholds on N(1, σ²) against N(0, σ²), with ten million trials
    const [sigma, delta, trials] = [1, 1e-3, 10_000_000];
    let best = 0;
    for (let threshold = 0.5; threshold < 4.5; threshold += 0.25) {
      const hits = Math.round(trials * normalCdf((1 - threshold) / sigma));
      const alarms = Math.round(trials * normalCdf(-threshold / sigma));
      best = Math.max(best, epsilonLowerBound(counts(hits, alarms, trials), delta));
    }
    const proven = analyticGaussianEpsilon(sigma, delta);
    expect(best).toBeLessThan(proven);
    expect(best).toBeGreaterThan(0.97 * proven);
  });
});
