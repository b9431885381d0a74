import { describe, expect, it } from "vitest";
import { normals, uniforms } from "./seeded.ts";
import { combine, intervalOf, type Measured, pOfNone } from "./combined.ts";
import { studentQuantile, studentTails } from "./student.ts";

const run = (mean: number, error = 0.1, freedom = 30): Measured => ({ mean, error, freedom });

describe("runs of several seeds together", () => {
  it("have errors worked by hand", () => {
    const found = combine([run(0.5, 0.3, 10), run(0.7, 0.4, 20)]);
    expect(found.mean).toBeCloseTo(0.6, 12);
    expect(found.within.error).toBeCloseTo(0.5 / 2, 12);
    // Satterthwaite: (.09 + .16)² / (.0081 / 10 + .0256 / 20)
    expect(found.within.freedom).toBeCloseTo(0.0625 / (0.00081 + 0.00128), 9);
    expect(found.between?.error).toBeCloseTo(Math.sqrt(0.02 / 2), 12);
    expect(found.between?.freedom).toBe(1);
  });

  it("have the wider of two intervals, and a test by the larger error", () => {
    const alike = combine([run(0.5), run(0.501), run(0.502)]);
    const reach = studentQuantile(0.975, 90) * (0.1 / Math.sqrt(3));
    expect(intervalOf(alike).high).toBeCloseTo(alike.mean + reach, 9);
    const apart = combine([run(0.3), run(0.5), run(0.7)]);
    const overSeeds = studentQuantile(0.975, 2) * Math.sqrt(0.04 / 3);
    expect(intervalOf(apart).low).toBeCloseTo(0.5 - overSeeds, 9);
    expect(pOfNone(apart, 0.3)).toBeCloseTo(studentTails(0.2 / Math.sqrt(0.04 / 3), 90), 12);
  });

  it("of one seed has that run's own interval", () => {
    const found = combine([run(0.6, 0.05, 4)]);
    expect(found.between).toBeUndefined();
    expect(intervalOf(found).low).toBeCloseTo(0.6 - studentQuantile(0.975, 4) * 0.05, 12);
    expect(pOfNone(found, 0.5)).toBeCloseTo(studentTails(2, 4), 12);
  });

  it("are sure where there is no error, and refuse to be none", () => {
    const sure = combine([run(1, 0), run(1, 0)]);
    expect(intervalOf(sure)).toEqual({ low: 1, high: 1 });
    expect([pOfNone(sure, 0.5), pOfNone(sure, 1)]).toEqual([0, 1]);
    expect(() => combine([])).toThrow("no run to combine");
  });

  // Standard deviation between seeds, in units of the error within them.
  it.each([
    [3, 0],
    [5, 0],
    [5, 0.5],
    [5, 1],
    [5, 3],
  ])("cover the truth at least 95 times in 100: %i seeds, spread %f", (seeds, spread) => {
    const next = uniforms(`coverage of ${seeds} seeds, spread ${spread}`);
    const draws = 2000;
    let covered = 0;
    for (let draw = 0; draw < draws; draw++) {
      const means = normals(next, seeds).map((normal) => normal * Math.hypot(1, spread));
      const { low, high } = intervalOf(combine(Array.from(means, (mean) => run(mean, 1, 60))));
      if (low <= 0 && high >= 0) covered += 1;
    }
    // Three standard deviations of a proportion of 2000.
    expect(covered / draws).toBeGreaterThan(0.935);
  });
});
