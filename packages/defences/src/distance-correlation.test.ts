import { at } from "@moongate/errors";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { distanceCorrelation, distanceCorrelationPenalty } from "./distance-correlation.ts";

import { normals } from "./noise.fixture.ts";

/** The definition, word for word: centred distance matrices, their mean products. */
function definition(x: number[][], y: number[][]): number {
  const centred = (points: number[][]): number[][] => {
    const d = points.map((p) => points.map((q) => Math.hypot(...p.map((v, i) => v - at(q, i)))));
    const mean = (values: number[]): number =>
      values.reduce((sum, v) => sum + v, 0) / values.length;
    const rows = d.map(mean);
    return d.map((row, i) => row.map((v, j) => v - at(rows, i) - at(rows, j) + mean(rows)));
  };
  const [a, b] = [centred(x).flat(), centred(y).flat()];
  const product = (p: number[], q: number[]): number => p.reduce((s, v, i) => s + v * at(q, i), 0);
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

const matrix = (name: string, rows: number, cols: number): Float64Array =>
  Float64Array.from(normals(name, rows * cols));
const points = (values: Float64Array, cols: number): number[][] =>
  Array.from({ length: values.length / cols }, (_, row) =>
    Array.from(values.subarray(row * cols, (row + 1) * cols)),
  );
/** The smallest distance of two points. */
const closest = (all: number[][]): number =>
  Math.min(
    ...all.flatMap((p, i) =>
      all.slice(i + 1).map((q) => Math.hypot(...p.map((v, k) => v - at(q, k)))),
    ),
  );
const squared = (x: Float64Array, e: Float64Array, cols: number, cut: number): number =>
  distanceCorrelation({ values: x, cols }, { values: e, cols: cut }, x.length / cols).squared;

describe("squared distance correlation", () => {
  const shapes = fc.record({
    rows: fc.integer({ min: 3, max: 12 }),
    cols: fc.integer({ min: 1, max: 4 }),
    cut: fc.integer({ min: 1, max: 4 }),
    name: fc.string(),
  });

  it("is what its definition says, between 0 and 1", () => {
    fc.assert(
      fc.property(shapes, ({ rows, cols, cut, name }) => {
        const [x, e] = [matrix(`x${name}`, rows, cols), matrix(`e${name}`, rows, cut)];
        const value = squared(x, e, cols, cut);
        expect(value).toBeCloseTo(definition(points(x, cols), points(e, cut)), 9);
        expect(value).toBeGreaterThan(0);
        expect(value).toBeLessThan(1 + 1e-12);
      }),
    );
  });

  it("is 1 of a turned, scaled and moved copy, and small of independent rows", () => {
    const x = matrix("copy", 200, 2);
    const turned = x.map((_, index) => {
      const [a, b] = [at(x, index - (index % 2)), at(x, index - (index % 2) + 1)];
      return 3 * (index % 2 === 0 ? 0.6 * a - 0.8 * b : 0.8 * a + 0.6 * b) + 5;
    });
    expect(squared(x, turned, 2, 2)).toBeCloseTo(1, 9);
    expect(squared(x, matrix("independent", 200, 2), 2, 2)).toBeLessThan(0.05);
  });

  it("has the gradient of finite differences", () => {
    fc.assert(
      fc.property(shapes, ({ rows, cols, cut, name }) => {
        const [x, e] = [matrix(`x${name}`, rows, cols), matrix(`e${name}`, rows, cut)];
        // A distance has a kink where two rows meet.
        fc.pre(closest(points(e, cut)) > 1e-3);
        const { gradient } = distanceCorrelation(
          { values: x, cols },
          { values: e, cols: cut },
          rows,
        );
        e.forEach((value, index) => {
          const [up, down] = [e.with(index, value + 1e-5), e.with(index, value - 1e-5)];
          const slope = (squared(x, up, cols, cut) - squared(x, down, cols, cut)) / 2e-5;
          expect(at(gradient, index)).toBeCloseTo(slope, 4);
        });
      }),
    );
  });

  it("has a finite gradient where rows coincide", () => {
    const e = Float64Array.of(1, 1, 2, 2, 2);
    const { gradient } = distanceCorrelation(
      { values: matrix("x", 5, 2), cols: 2 },
      { values: e, cols: 1 },
      5,
    );
    expect(gradient.every(Number.isFinite)).toBe(true);
    const constant = distanceCorrelation(
      { values: matrix("x", 5, 2), cols: 2 },
      { values: new Float64Array(5).fill(3), cols: 1 },
      5,
    );
    expect(constant).toEqual({ squared: 0, gradient: new Float64Array(5) });
  });
});

describe("its penalty", () => {
  const penalty = (x: Float64Array, e: Float32Array, rows: number, weight = 1): Float32Array => {
    const batch = { rows, cols: x.length / rows, cut: Math.floor(e.length / rows) };
    const found = distanceCorrelationPenalty(weight).penalty?.(x, e, batch);
    if (found === undefined) throw new Error("no penalty");
    return found;
  };

  it("is |rows| · weight · the gradient, so that it weighs against the mean loss", () => {
    const [x, e] = [matrix("x", 10, 3), normals("e", 20)];
    const { gradient } = distanceCorrelation({ values: x, cols: 3 }, { values: e, cols: 2 }, 10);
    penalty(x, e, 10, 0.5).forEach((value, index) => {
      expect(value).toBeCloseTo(5 * at(gradient, index), 5);
    });
  });

  it("takes a large batch in equal stretches", () => {
    const rows = 600;
    const [x, e] = [matrix("x", rows, 1), normals("e", rows)];
    const whole = penalty(x, e, rows);
    const half = penalty(x.slice(0, 300), e.slice(0, 300), 300);
    whole.subarray(0, 300).forEach((value, index) => {
      expect(value).toBeCloseTo(at(half, index), 5);
    });
  });

  it("lowers the correlation when followed downhill", () => {
    const x = matrix("x", 60, 2);
    // An exact copy is the maximum, where there is no downhill yet.
    const noise = normals("noise", 120);
    const e = Float32Array.from(x, (value, index) => value + 0.1 * at(noise, index));
    const start = squared(x, Float64Array.from(e), 2, 2);
    for (let step = 0; step < 60; step++) {
      const gradient = penalty(x, e, 60);
      e.forEach((value, index) => {
        e[index] = value - 0.2 * at(gradient, index);
      });
    }
    expect(start).toBeGreaterThan(0.95);
    expect(squared(x, Float64Array.from(e), 2, 2)).toBeLessThan(0.5);
  });

  it("refuses another shape", () => {
    expect(() => penalty(matrix("x", 10, 3), normals("e", 21), 10)).toThrow(
      expect.objectContaining({ code: "SHAPE_MISMATCH" }),
    );
  });
});
