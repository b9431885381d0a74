import { describe, expect, it } from "vitest";
import { evaluate } from "../operations/periodic.ts";
import { SIGMOID_COEFFICIENTS, SIGMOID_PERIOD_LOG2, sigmoidSeries } from "./sigmoid.ts";

const PERIOD = 2 ** SIGMOID_PERIOD_LOG2;
const POINTS = 6001;
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const series = (x: number): number => evaluate(sigmoidSeries(1), x / PERIOD);
const grid = (bound: number): number[] =>
  Array.from({ length: POINTS }, (_, index) => -bound + (2 * bound * index) / (POINTS - 1));

describe("the sigmoid's series", () => {
  it("solves its least-squares problem: the weighted residual is orthogonal to every harmonic", () => {
    const target = (x: number): number =>
      sigmoid(x) + Math.sign(x) * Math.max(0, Math.abs(x) - 9) * 0.05;
    SIGMOID_COEFFICIENTS.forEach((_, index) => {
      const correlation = grid(13.5).reduce((sum, x) => {
        const weight = Math.abs(x) <= 9 ? 1 : 0.01;
        return (
          sum +
          weight * (target(x) - series(x)) * Math.sin((2 * Math.PI * (index + 1) * x) / PERIOD)
        );
      }, 0);
      expect(Math.abs(correlation / POINTS)).toBeLessThan(2e-8);
    });
  });

  it("is within 0.0026 of the sigmoid on |x| ≤ 9", () => {
    expect(Math.max(...grid(9).map((x) => Math.abs(sigmoid(x) - series(x))))).toBeLessThan(0.0026);
  });

  it("pulls back what is classified too surely, up to |x| = 14", () => {
    for (const x of [10, 11, 12, 13, 14]) expect(series(x)).toBeGreaterThan(1.01);
    for (const x of [-10, -11, -12, -13, -14]) expect(series(x)).toBeLessThan(-0.01);
  });

  it("carries a factor", () => {
    expect(evaluate(sigmoidSeries(0.25), 1 / PERIOD)).toBeCloseTo(series(1) / 4, 12);
  });
});
