import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minimise } from "./lbfgs.ts";
import { difference, matrix, multiply, transposed } from "./matrices.ts";
import { normals, permutation, uniforms } from "@moongate/statistics";
import { SmallNetwork } from "./small-network.ts";
import { minimumNorm, pseudoInverse, ridge } from "./solve.ts";

const random = (seed: string, rows: number, cols: number) =>
  matrix(rows, cols, normals(uniforms(seed), rows * cols));
const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe("the pseudo-inverse", () => {
  it("has Penrose's four properties, of any shape and rank", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
        fc.string(),
        (rows, cols, rank, seed) => {
          const a = multiply(random(`a${seed}`, rows, rank), random(`b${seed}`, rank, cols));
          const plus = pseudoInverse(a);
          const [left, right] = [multiply(a, plus), multiply(plus, a)];
          expect(largest(difference(multiply(left, a), a).values)).toBeLessThan(1e-6);
          expect(largest(difference(left, transposed(left)).values)).toBeLessThan(1e-6);
          expect(largest(difference(right, transposed(right)).values)).toBeLessThan(1e-6);
        },
      ),
    );
  });

  it("solves what is determined, and takes the shortest solution of what is not", () => {
    const [a, x] = [random("a", 5, 5), random("x", 5, 2)];
    expect(largest(difference(minimumNorm(a, multiply(a, x)), x).values)).toBeLessThan(1e-9);
    const wide = matrix(1, 2, [3, 4]);
    const shortest = minimumNorm(wide, matrix(1, 1, [25])).values;
    expect(largest(difference(matrix(2, 1, shortest), matrix(2, 1, [3, 4])).values)).toBeLessThan(
      1e-12,
    );
  });
});

describe("ridge regression", () => {
  it("finds the weights of a linear function", () => {
    const [a, x] = [random("a", 50, 6), random("x", 6, 3)];
    const found = ridge(a, multiply(a, x), 1e-9);
    expect(largest(difference(found, x).values)).toBeLessThan(1e-6);
  });

  it("is the closed form where it can be seen", () => {
    // One column: x = a·b / (a·a + ridge).
    expect(ridge(matrix(2, 1, [1, 2]), matrix(2, 1, [3, 4]), 5).values[0]).toBeCloseTo(1.1, 12);
  });
});

describe("a small network", () => {
  it("fits a function that is not linear", () => {
    const next = uniforms("fit");
    const x = matrix(256, 2, normals(next, 512));
    const y = matrix(
      256,
      1,
      Array.from({ length: 256 }, (_, i) => (x.values[2 * i] ?? 0) * (x.values[2 * i + 1] ?? 0)),
    );
    const network = new SmallNetwork([2, 16, 1], next);
    const error = () => difference(network.forward(x), y);
    const square = () => error().values.reduce((sum, value) => sum + value * value, 0) / 256;
    const before = square();
    for (let step = 0; step < 600; step++) {
      const off = error();
      network.learn({ ...off, values: off.values.map((value) => value / 256) }, 0.02);
    }
    expect(square()).toBeLessThan(before / 20);
  });
});

describe("seeded numbers", () => {
  it("repeat, are normal, and permute", () => {
    expect(normals(uniforms("a"), 5)).toEqual(normals(uniforms("a"), 5));
    const many = normals(uniforms("many"), 20_000);
    const mean = many.reduce((sum, value) => sum + value, 0) / many.length;
    const square = many.reduce((sum, value) => sum + value * value, 0) / many.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(square - 1)).toBeLessThan(0.05);
    expect([...permutation(uniforms("p"), 100)].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 100 }, (_, i) => i),
    );
  });
});

describe("L-BFGS", () => {
  it("finds the minimum of Rosenbrock's valley", () => {
    const { point, value } = minimise(
      ([x = 0, y = 0], gradient) => {
        gradient[0] = -2 * (1 - x) - 400 * x * (y - x * x);
        gradient[1] = 200 * (y - x * x);
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2;
      },
      Float64Array.of(-1.2, 1),
      { iterations: 200, enough: 1e-20 },
    );
    expect(value).toBeLessThan(1e-12);
    expect(Math.abs((point[0] ?? 0) - 1)).toBeLessThan(1e-5);
  });
});
