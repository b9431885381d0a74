import { describe, expect, it } from "vitest";
import { evaluate } from "../operations/periodic.ts";
import { SIGMOID_COEFFICIENTS, SIGMOID_PERIOD_LOG2, sigmoidSeries } from "./sigmoid.ts";

const PERIOD = 2 ** SIGMOID_PERIOD_LOG2;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const grid = Array.from({ length: 4001 }, (_, index) => -11 + (22 * index) / 4000);

describe("the sigmoid's series", () => {
  it("is the least-squares fit: the residual is orthogonal to every harmonic", () => {
    SIGMOID_COEFFICIENTS.forEach((_, index) => {
      const correlation = grid.reduce((sum, x) => {
        const residual = sigmoid(x) - evaluate(sigmoidSeries(1), x / PERIOD);
        return sum + residual * Math.sin((2 * Math.PI * (index + 1) * x) / PERIOD);
      }, 0);
      expect(Math.abs(correlation / grid.length)).toBeLessThan(1e-8);
    });
  });

  it("is within 0.0022 of the sigmoid on |x| ≤ 11", () => {
    const worst = Math.max(
      ...grid.map((x) => Math.abs(sigmoid(x) - evaluate(sigmoidSeries(1), x / PERIOD))),
    );
    expect(worst).toBeLessThan(0.0022);
  });

  it("carries a factor", () => {
    expect(evaluate(sigmoidSeries(0.25), 1 / PERIOD)).toBeCloseTo(
      evaluate(sigmoidSeries(1), 1 / PERIOD) / 4,
      12,
    );
  });
});
