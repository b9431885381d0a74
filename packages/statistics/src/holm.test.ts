import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { holm } from "./holm.ts";

describe("holm", () => {
  it("equals a table worked by hand", () => {
    // .01 · 4, .02 · 3, then .03 · 2 = .06 as before, .04 · 1 raised to .06
    const adjusted = holm([0.04, 0.01, 0.03, 0.02]);
    [0.06, 0.04, 0.06, 0.06].forEach((expected, at) => {
      expect(adjusted[at]).toBeCloseTo(expected, 12);
    });
    expect(holm([])).toEqual([]);
    expect(holm([0.7, 0.9])).toEqual([1, 1]);
  });

  it("lies between the value itself and Bonferroni's, and keeps the order", () => {
    const values = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(values, (given) => {
        const adjusted = holm(given);
        given.forEach((value, at) => {
          expect(adjusted[at]).toBeGreaterThanOrEqual(value);
          expect(adjusted[at]).toBeLessThanOrEqual(Math.min(1, value * given.length) + 1e-15);
          given.forEach((other, beside) => {
            if (other > value) {
              expect(adjusted[beside]).toBeGreaterThanOrEqual(adjusted[at] ?? NaN);
            }
          });
        });
      }),
    );
  });
});
