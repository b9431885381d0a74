import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clippedNorm, clippedRows, clippedTable } from "./clipping.ts";

const BITS = 12;
const encode = (values: Float64Array): number[] => [...values].map((value) => value * 2 ** BITS);
const square = (row: readonly number[]): number => row.reduce((sum, word) => sum + word * word, 0);

const clipped = (values: Float64Array, width: number, bound: number): Float64Array =>
  clippedRows(values, {
    rows: values.length / width,
    width,
    whose: "media",
    bits: BITS,
    bound,
  }).rows(0, values.length / width);

describe("clipped rows", () => {
  it("are no longer than the bound as ring elements, and only as much shorter as rounding needs", () => {
    const row = fc.array(fc.double({ min: -7.9, max: 7.9, noNaN: true }), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(row, fc.integer({ min: 1, max: 60_000 }), (values, bound) => {
        const words = encode(clipped(Float64Array.from(values), values.length, bound));
        const rounded = values.map((value) => Math.round(value * 2 ** BITS));
        expect(words.every((word) => Number.isInteger(word))).toBe(true);
        expect(square(words)).toBeLessThanOrEqual(bound * bound);
        if (square(rounded) <= bound * bound) {
          expect(words.map((word) => word + 0)).toEqual(rounded.map((word) => word + 0));
        } else {
          expect(Math.sqrt(square(words))).toBeGreaterThan(bound - Math.sqrt(values.length) - 1e-6);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("keep their direction, each row by itself", () => {
    const out = clipped(Float64Array.of(3, 4, 0.3, 0.4), 2, 2 ** BITS);
    expect(out[0]).toBeCloseTo(0.6, 3);
    expect(out[1]).toBeCloseTo(0.8, 3);
    expect(out[2]).toBeCloseTo(0.3, 3);
    expect(out[3]).toBeCloseTo(0.4, 3);
  });

  it("leave a value that is no number for the encoding to refuse", () => {
    expect(clipped(Float64Array.of(Number.NaN, 1), 2, 100)[0]).toBeNaN();
    expect(clipped(Float64Array.of(Number.POSITIVE_INFINITY, 1), 2, 100)[0]).toBeNaN();
  });

  it("are asked for on each side that a machine holds, by its own width", () => {
    const features = { commerce: Float64Array.of(3, 4) };
    const table = { rows: 1, width: { media: 9, commerce: 2 }, features };
    expect(clippedTable(table, undefined, BITS)).toBe(table);
    const own = clippedTable(table, { clip: 0.5 }, BITS).features;
    expect(Object.keys(own)).toEqual(["commerce"]);
    const rows = own.commerce instanceof Float64Array ? own.commerce : own.commerce?.rows(0, 1);
    expect(Math.hypot(...(rows ?? []))).toBeCloseTo(0.5 * Math.SQRT2, 3);
    expect(clippedNorm(0.5, 9, BITS)).toBe(1.5 * 2 ** BITS);
  });
});
