import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bounds, estimate } from "./estimate.ts";

describe("estimate", () => {
  it("is the mean with its t-interval", () => {
    const found = estimate([0.1, 0.2, 0.3, 0.4, 0.5]);
    const reach = (2.776445105 * Math.sqrt(0.025)) / Math.sqrt(5);
    expect(found?.mean).toBeCloseTo(0.3, 12);
    expect(found?.interval?.[0]).toBeCloseTo(0.3 - reach, 8);
    expect(found?.interval?.[1]).toBeCloseTo(0.3 + reach, 8);
  });

  it("has no interval for one seed, and is nothing without any", () => {
    expect(estimate([0.7])).toEqual({ mean: 0.7, interval: undefined, seeds: 1 });
    expect(estimate([])).toBeUndefined();
  });

  it("is wider when more intervals shall hold together", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 2 });
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 50 }), (seeds, many) => {
        const [one, all] = [estimate(seeds), estimate(seeds, many)];
        if (one === undefined || all === undefined) throw new Error("no estimate");
        expect(bounds(all)[0]).toBeLessThanOrEqual(bounds(one)[0]);
        expect(bounds(all)[1]).toBeGreaterThanOrEqual(bounds(one)[1]);
      }),
    );
  });
});
