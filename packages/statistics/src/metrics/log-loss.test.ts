import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean, samples } from "./arbitraries.fixture.ts";
import { LOG_LOSS_MARGIN, logLoss } from "./log-loss.ts";

describe("logLoss", () => {
  it("equals values worked by hand", () => {
    expect(logLoss([0.5, 0.5], [0, 1])).toBeCloseTo(Math.LN2, 12);
    expect(logLoss([0.8, 0.1], [1, 0])).toBeCloseTo(-(Math.log(0.8) + Math.log(0.9)) / 2, 12);
    expect(logLoss([0.25, 0.25], [1, 1])).toBeCloseTo(Math.log(4), 12);
  });

  it("makes one sure mistake cost a finite amount, also outside [0, 1]", () => {
    const worst = -Math.log(LOG_LOSS_MARGIN);
    expect(logLoss([1, 0], [0, 1])).toBeCloseTo(worst, 6);
    expect(logLoss([1.002, -0.002], [0, 1])).toBeCloseTo(worst, 6);
  });

  it("is smallest at the share of positives among constant scores", () => {
    fc.assert(
      fc.property(samples(), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (sample, other) => {
        const constant = (value: number): number =>
          logLoss(
            sample.labels.map(() => value),
            sample.labels,
          );
        expect(constant(mean(sample.labels))).toBeLessThanOrEqual(constant(other) + 1e-12);
      }),
    );
  });
});
