import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maliciousOptimiser, scaleFactors } from "./malicious-optimiser.ts";

const floats = (...values: number[]) => Float32Array.from(values);
const lists = (layers: readonly Float32Array[]) => layers.map((layer) => [...layer]);

describe("the malicious optimiser", () => {
  it("leaves the first gradients as they are, then scales each weight by its own ratio", () => {
    const step = maliciousOptimiser();
    expect(lists(step([floats(1, -2, 4, 0), floats(8)]))).toEqual([[1, -2, 4, 0], [8]]);
    // 1 + 1/1; 1 − 1/2 is below 1; 1 + 40/4 is above 5; after 0 nothing is known; 1 + 4/8.
    const second = step([floats(1, 1, 40, 3), floats(4)]);
    expect(lists(second)).toEqual([[2, 1, 200, 3], [6]]);
    // Ratios are of what came, not of what it made: 1 + 1/1, 1 + 2/1, 1 + 40/40, 1 + 1.5/3.
    const third = step([floats(1, 2, 40, 1.5), floats(4)]);
    expect(lists(third)).toEqual([[2, 6, 80, 2.25], [8]]);
  });

  it("compares velocities where they have momentum", () => {
    const step = maliciousOptimiser({ momentum: 0.5 });
    step([floats(4)]);
    // v = 4, then 2 + 2 = 4, then 2 − 1 = 1: factors 2 and 1.25.
    expect(lists(step([floats(2)]))).toEqual([[4]]);
    expect(lists(step([floats(-1)]))).toEqual([[-1.25]]);
  });

  it("takes another gain and other bounds", () => {
    const [now, before] = [Float64Array.of(1, 1, -1), Float64Array.of(1, 0.01, 1)];
    const factors = scaleFactors(now, before, { gain: 2, least: 0.5, most: 4 });
    expect([...factors]).toEqual([3, 4, 0.5]);
    expect([...scaleFactors(now, undefined)]).toEqual([1, 1, 1]);
  });

  it("turns no gradient round, makes none smaller and none more than five times as large", () => {
    const gradient = fc.float32Array({
      noNaN: true,
      min: -1e6,
      max: 1e6,
      minLength: 6,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(gradient, { minLength: 1, maxLength: 8 }), (steps) => {
        const step = maliciousOptimiser();
        for (const honest of steps) {
          const given = honest.slice();
          const [altered = floats()] = step([honest]);
          expect(honest).toEqual(given);
          altered.forEach((value, at) => {
            const bare = honest[at] ?? 0;
            expect(Math.sign(value)).toBe(Math.sign(bare));
            expect(Math.abs(value)).toBeGreaterThanOrEqual(Math.abs(bare));
            expect(Math.abs(value)).toBeLessThanOrEqual(Math.fround(5 * Math.abs(bare)));
          });
        }
      }),
    );
  });

  it("is the same again for the same gradients, and apart for each training", () => {
    const run = () => {
      const step = maliciousOptimiser();
      return [floats(1, 2), floats(3, -1), floats(2, -3)].map((g) => lists(step([g])));
    };
    expect(run()).toEqual(run());
  });
});
