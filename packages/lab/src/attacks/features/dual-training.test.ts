import { expect, it } from "vitest";
import { matrix } from "../numeric/matrices.ts";
import { normals, permutation, uniforms } from "@moongate/statistics";
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

it("narrowed to combinations of a few columns, has the loss and gradient of the whole", () => {
  const next = uniforms("narrowed");
  const rows = permutation(next, 6).slice(0, 4);
  const [sums, gradient] = [matrix(4, 2, normals(next, 8)), matrix(4, 2, normals(next, 8))];
  const step = { rows, sums, gradient, rate: 0.3, momentum: 0.8, decay: 0.1 };
  const decayThrough = "velocity" as const;
  const dual = new DualTraining({
    ...{ steps: [step, step], rows: 6, cols: 3, decayThrough, startsAtZero: false },
  });
  const narrowed = dual.within(matrix(6, 2, normals(next, 12)));
  const point = normals(next, narrowed.length);
  expect(point).toHaveLength(2 * 3 + 3 * 2);
  const [slopes, nowhere] = [new Float64Array(point.length), new Float64Array(point.length)];
  const loss = narrowed.loss(point, slopes);
  expect(loss).toBe(dual.loss(narrowed.whole(point), new Float64Array(dual.length)));
  slopes.forEach((value, index) => {
    const moved = (by: number): number =>
      narrowed.loss(
        point.map((each, i) => (i === index ? each + by : each)),
        nowhere,
      );
    const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
    expect(Math.abs(value - slope)).toBeLessThan(1e-6 * Math.max(1, Math.abs(slope)));
  });
});
