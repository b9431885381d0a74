import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { snapshotsOf } from "./averaging.ts";

describe("snapshots", () => {
  it("are a power of two of the last steps, evenly spread, the last one included", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (steps) => {
        const { countLog2, after } = snapshotsOf(steps);
        const taken = Array.from({ length: steps }, (_, step) => step).filter(after);
        expect(taken).toHaveLength(2 ** countLog2);
        expect(taken.at(-1)).toBe(steps - 1);
        const first = taken[0] ?? Number.NaN;
        expect(first).toBeGreaterThanOrEqual(Math.min(steps - 1, Math.floor(steps * 0.6)));
        const distances = new Set(taken.slice(1).map((step, index) => step - (taken[index] ?? 0)));
        expect(distances.size).toBeLessThanOrEqual(1);
      }),
    );
  });
});
