import { describe, expect, it } from "vitest";
import { matrix } from "../numeric/matrices.ts";
import { normals, uniforms } from "@moongate/statistics";
import { type Guess, lossOf, partsOf, residualsOf, type Top } from "./surrogate.ts";

const [rows, cols, shares] = [5, 3, [0.2, 0.4]] as const;

function scene(seed: string) {
  const next = uniforms(seed);
  const batch = { gradient: matrix(rows, cols, normals(next, rows * cols)), shares };
  const guess: Guess = {
    weights: normals(next, 2 * cols),
    offset: normals(next, cols),
    bias: normals(next, 2),
    dummies: normals(next, 2 * rows),
  };
  return { batch: { ...batch, embedding: normals(next, rows * cols) }, guess };
}

describe("a surrogate of what is above the cut", () => {
  it.each<Top>(["linear", "sine", "relu"])("has the gradient of its loss: %s", (top) => {
    const { batch, guess } = scene(top);
    const { gradient } = lossOf(top, batch, guess);
    partsOf(guess).forEach((values, part) => {
      values.forEach((value, i) => {
        const step = 1e-5;
        const at = (moved: number): number => {
          values[i] = moved;
          const { loss } = lossOf(top, batch, guess);
          values[i] = value;
          return loss;
        };
        const slope = (at(value + step) - at(value - step)) / (2 * step);
        expect(Math.abs((partsOf(gradient)[part]?.[i] ?? 9) - slope)).toBeLessThan(1e-6);
      });
    });
  });

  it("loses nothing on gradients that it makes itself", () => {
    const { batch, guess } = scene("own");
    const residuals = residualsOf("linear", batch, guess);
    const own = matrix(rows, cols);
    own.values.forEach((_, at) => {
      const [row, j] = [Math.floor(at / cols), at % cols];
      for (let label = 0; label < 2; label++) {
        const weight = guess.weights[label * cols + j] ?? 0;
        own.values[at] = (own.values[at] ?? 0) - (residuals[2 * row + label] ?? 0) * weight;
      }
    });
    const other = lossOf("linear", batch, guess).loss;
    const priors = lossOf("linear", { ...batch, gradient: own }, guess).loss;
    // What is left are the priors, which do not depend on the gradient.
    const doubled = { ...own, values: own.values.map((value) => 2 * value) };
    expect(lossOf("linear", { ...batch, gradient: doubled }, guess).loss).toBeCloseTo(
      priors + 0.25,
      12,
    );
    expect(other).toBeGreaterThan(priors);
  });
});
