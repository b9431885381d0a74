import { at } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import type { GradientBatch } from "./steps.ts";
import { isotropic } from "./isotropic.ts";
import { largest, squaredNorms } from "./matrix.ts";
import { maxNorm } from "./max-norm.ts";
import { firstRows, moments, noiseOf, normals } from "./noise.fixture.ts";

const [rows, cut] = [6, 3];
const gradient = normals("gradient", rows * cut).map((value, index) => value * (1 + (index % 5)));
gradient.fill(0, 0, cut);
const batch: GradientBatch = {
  rows: firstRows(rows),
  labels: new Uint8Array(rows),
  labelCount: 1,
  cut,
};
const norms = squaredNorms(gradient, cut);
const most = largest(norms);
const draws = 4000;

describe("max-norm", () => {
  const step = maxNorm(noiseOf("max-norm").stream("x"));
  const outputs = Array.from({ length: draws }, () => step.apply(gradient, batch));

  it("gives every row but zeros the largest squared norm, on average", () => {
    for (let row = 1; row < rows; row++) {
      const mean = moments(outputs.map((output) => at(squaredNorms(output, cut), row))).mean;
      expect(Math.abs(mean / most - 1)).toBeLessThan(0.1);
    }
    expect(outputs.every((output) => output.subarray(0, cut).every((value) => value === 0))).toBe(
      true,
    );
  });

  it("leaves each row on its line, on average where it was", () => {
    for (let row = 1; row < rows; row++) {
      const factors = outputs.map((output) => at(output, row * cut) / at(gradient, row * cut));
      const [first] = outputs;
      for (let col = 0; col < cut; col++) {
        const index = row * cut + col;
        expect(at(first ?? [], index)).toBeCloseTo(at(factors, 0) * at(gradient, index), 4);
      }
      const spread = Math.sqrt(most / at(norms, row));
      expect(Math.abs(moments(factors).mean - 1)).toBeLessThan(0.08 * spread);
    }
  });
});

describe("isotropic noise", () => {
  it("has deviation t · (largest norm)/sqrt(cut) on every number", () => {
    const step = isotropic(3, noiseOf("isotropic").stream("x"));
    const expected = (9 * most) / cut;
    const outputs = Array.from({ length: draws }, () => step.apply(gradient, batch));
    for (const index of [0, 7, rows * cut - 1]) {
      const values = outputs.map((output) => at(output, index) - at(gradient, index));
      const { mean, variance } = moments(values);
      expect(Math.abs(variance / expected - 1)).toBeLessThan(0.1);
      expect(Math.abs(mean)).toBeLessThan(0.08 * Math.sqrt(expected));
    }
  });
});

it.each([maxNorm, (noise: Parameters<typeof maxNorm>[0]) => isotropic(1, noise)])(
  "leaves what it was given, keeps a zero gradient, and refuses another shape",
  (make) => {
    const step = make(noiseOf("any").stream("x"));
    const before = gradient.slice();
    step.apply(gradient, batch);
    expect(gradient).toEqual(before);
    const zeros = step.apply(new Float32Array(rows * cut), batch);
    expect(zeros.every((value) => value === 0)).toBe(true);
    expect(() => step.apply(gradient.subarray(1), batch)).toThrow(
      expect.objectContaining({ code: "SHAPE_MISMATCH" }),
    );
  },
);
