import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitPiecewise, placeInBin } from "./piecewise-linear.ts";

const OCTILES = { cuts: 8, bins: 8 };

describe("fitPiecewise", () => {
  it("cuts at the octiles", () => {
    const map = fitPiecewise(
      Float64Array.from({ length: 17 }, (_, value) => value),
      OCTILES,
    );
    expect(map.edges).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16]);
    // of 17 values, 1 is half-way through the first bin and 15 lie above it
    expect(map.means[0]).toBeCloseTo((0.5 + 15) / 17, 12);
  });

  it("gives heavy values edges of their own, and the others the quantiles of the rest", () => {
    const skewed = Float64Array.from({ length: 100 }, (_, row) => (row < 70 ? 0 : row));
    expect(fitPiecewise(skewed, OCTILES).edges).toEqual([0, 70, 74, 78, 82, 87, 91, 95, 99]);
    const twice = Float64Array.from({ length: 100 }, (_, row) =>
      row < 40 ? 0 : row < 80 ? 5 : row,
    );
    expect(fitPiecewise(twice, { cuts: 4, bins: 4 }).edges).toEqual([0, 5, 80, 90, 99]);
  });

  it("has no more bins than values, and none for one value or without any", () => {
    expect(fitPiecewise(Float64Array.of(1, 1, 2, 3, 3), OCTILES).edges).toEqual([1, 2, 3]);
    expect(fitPiecewise(Float64Array.of(7, 7), OCTILES)).toEqual({ edges: [7], means: [] });
    expect(fitPiecewise(Float64Array.of(), OCTILES)).toEqual({ edges: [0], means: [] });
  });

  it("cuts these values seldom enough for the bins there are", () => {
    const values = Float64Array.from({ length: 17 }, (_, value) => value);
    expect(fitPiecewise(values, { cuts: 8, bins: 4 }).edges).toEqual([0, 4, 8, 12, 16]);
  });

  it("places values below, inside and above a bin", () => {
    const edges = [0, 10, 20];
    expect([-5, 0, 5, 10, 15].map((value) => placeInBin(edges, 0, value))).toEqual([
      0, 0, 0.5, 1, 1,
    ]);
    expect([5, 10, 15, 20, 99].map((value) => placeInBin(edges, 1, value))).toEqual([
      0, 0, 0.5, 1, 1,
    ]);
  });

  it("tells the value back: within the range the places add up to it", () => {
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(value, { minLength: 20 }), value, (training, probe) => {
        const { edges } = fitPiecewise(Float64Array.from(training).sort(), OCTILES);
        const [low = 0, high = 0] = [edges[0], edges.at(-1)];
        let rebuilt = low;
        for (let bin = 0; bin + 1 < edges.length; bin++) {
          rebuilt += placeInBin(edges, bin, probe) * ((edges[bin + 1] ?? 0) - (edges[bin] ?? 0));
        }
        expect(rebuilt).toBeCloseTo(Math.min(high, Math.max(low, probe)), 6);
      }),
    );
  });
});
