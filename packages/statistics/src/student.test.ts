import { describe, expect, it } from "vitest";
import { studentQuantile, studentTails } from "./student.ts";

describe("studentQuantile", () => {
  it.each([
    [0.975, 1, 12.7062047361747],
    [0.975, 4, 2.7764451051978],
    [0.975, 9, 2.2621571627982],
    [0.995, 2, 9.9248432009183],
    [0.9, 30, 1.3104150253914],
    [0.975, 1000, 1.9623390808264],
  ])("of %f with %i degrees of freedom", (p, degrees, t) => {
    expect(studentQuantile(p, degrees)).toBeCloseTo(t, 9);
    expect(studentQuantile(1 - p, degrees)).toBeCloseTo(-t, 9);
  });
});

describe("studentTails", () => {
  it.each([1, 4, 30, 1000])("is the inverse of the quantile, %i degrees", (degrees) => {
    for (const p of [0.6, 0.975, 0.999_99]) {
      const t = studentQuantile(p, degrees);
      expect(studentTails(t, degrees) / (2 * (1 - p))).toBeCloseTo(1, 9);
      expect(studentTails(-t, degrees)).toBe(studentTails(t, degrees));
    }
    expect(studentTails(0, degrees)).toBe(1);
  });

  it("keeps its digits far out: Cauchy's tail, and that of two degrees", () => {
    expect(studentTails(1e6, 1) / (2 / Math.PI / 1e6)).toBeCloseTo(1, 9);
    expect(studentTails(1e150, 1)).toBeGreaterThan(0);
    // P(|T| > t) = 1 − t / √(t² + 2) with two degrees of freedom
    expect(studentTails(1e4, 2) / -Math.expm1(-Math.log1p(2e-8) / 2)).toBeCloseTo(1, 9);
  });
});
