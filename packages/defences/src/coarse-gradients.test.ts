import { at } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { discretisation } from "./discretisation.ts";
import type { GradientBatch } from "./steps.ts";

import { normals } from "./noise.fixture.ts";
import { sparsification } from "./sparsification.ts";

const cut = 2;
const batchOf = (...rows: number[]): GradientBatch => ({
  rows: Uint32Array.from(rows),
  labels: new Uint8Array(rows.length),
  labelCount: 1,
  cut,
});
const numbers = (values: Float32Array): number[] => Array.from(values);

describe("sparsification", () => {
  it("keeps back what is below the quantile of magnitudes", () => {
    const crossed = sparsification(0.5).apply(Float32Array.of(1, -8, 0.5, 4), batchOf(0, 1));
    expect(numbers(crossed)).toEqual([0, -8, 0, 4]);
  });

  it("adds what a row kept back to its next gradient, wherever in the batch that row stands", () => {
    const step = sparsification(0.5);
    step.apply(Float32Array.of(1, -8, 0.5, 4), batchOf(7, 3));
    expect(numbers(step.apply(Float32Array.of(2, 0, 8, 1), batchOf(3, 9)))).toEqual([2.5, 0, 8, 0]);
    expect(numbers(step.apply(new Float32Array(4), batchOf(9, 7)))).toEqual([0, 1, 1, 0]);
  });

  it("loses nothing: what crossed and what crosses later add up to the gradients", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        (quantile, steps) => {
          const step = sparsification(quantile);
          const sum = new Float64Array(8);
          const add = (values: Float32Array, sign: number): void => {
            values.forEach((value, index) => {
              sum[index] = at(sum, index) + sign * value;
            });
          };
          for (let i = 0; i < steps; i++) {
            const gradient = normals(`step ${i}`, 8);
            add(gradient, 1);
            add(step.apply(gradient, batchOf(0, 1, 2, 3)), -1);
          }
          for (let i = 0; i < 8; i++) add(step.apply(new Float32Array(8), batchOf(0, 1, 2, 3)), -1);
          for (const rest of sum) expect(Math.abs(rest)).toBeLessThan(1e-5);
        },
      ),
    );
  });

  it("keeps back that share of a batch", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.99, noNaN: true }), (quantile) => {
        const rows = Array.from({ length: 50 }, (_, row) => row);
        const crossed = sparsification(quantile).apply(normals("share", 100), batchOf(...rows));
        expect(crossed.filter((value) => value === 0)).toHaveLength(Math.floor(quantile * 100));
      }),
    );
  });
});

describe("discretisation", () => {
  it("goes to the nearer end of the bin, within twice the root mean square", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 24 }),
        fc.array(fc.float({ min: -10, max: 10, noNaN: true }), { minLength: 8, maxLength: 8 }),
        (bins, values) => {
          const gradient = Float32Array.from(values);
          const bound = 2 * Math.sqrt(gradient.reduce((sum, x) => sum + x ** 2, 0) / 8);
          fc.pre(bound > 1e-6);
          const width = (2 * bound) / bins;
          const crossed = discretisation(bins).apply(gradient, batchOf(0, 1, 2, 3));
          crossed.forEach((value, index) => {
            const given = Math.min(bound, Math.max(-bound, at(gradient, index)));
            expect(Math.abs(value - given)).toBeLessThan(width * (0.5 + 1e-5));
            const step = (value + bound) / width;
            expect(Math.abs(step - Math.round(step))).toBeLessThan(1e-4);
          });
        },
      ),
    );
  });

  it("makes few values of many", () => {
    const rows = Array.from({ length: 500 }, (_, row) => row);
    for (const bins of [2, 5, 24]) {
      const crossed = discretisation(bins).apply(normals("many", 1000), batchOf(...rows));
      expect(new Set(crossed).size).toBe(bins + 1);
      if (bins % 2 === 0) expect(crossed).toContain(0);
    }
  });

  it("leaves a gradient of zeros as it is", () => {
    expect(numbers(discretisation(4).apply(new Float32Array(4), batchOf(0, 1)))).toEqual([
      0, 0, 0, 0,
    ]);
  });
});
