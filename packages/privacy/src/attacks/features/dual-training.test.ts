import { expect, it } from "vitest";
import { matrix } from "../numeric/matrices.ts";
import { normals, permutation, uniforms } from "../numeric/seeded.ts";
import { DualTraining } from "./dual-training.ts";

it.each(["weights", "velocity"] as const)(
  "has the gradient of finite differences, with decay through the %s",
  (decayThrough) => {
    const next = uniforms("dual");
    const steps = Array.from({ length: 5 }, () => ({
      rows: permutation(next, 6).slice(0, 4),
      sums: matrix(4, 2, normals(next, 8)),
      gradient: matrix(4, 2, normals(next, 8)),
      ...{ rate: 0.3, momentum: 0.8, decay: 0.1 },
    }));
    const dual = new DualTraining({ steps, rows: 6, cols: 3, decayThrough, startsAtZero: false });
    const point = normals(next, dual.length);
    expect(point).toHaveLength(6 * 3 + 3 * 2);
    const gradient = new Float64Array(point.length);
    const nowhere = new Float64Array(point.length);
    dual.loss(point, gradient);
    gradient.forEach((value, index) => {
      const moved = (by: number): number =>
        dual.loss(
          point.map((each, i) => (i === index ? each + by : each)),
          nowhere,
        );
      const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
      expect(Math.abs(value - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
    });
  },
);
