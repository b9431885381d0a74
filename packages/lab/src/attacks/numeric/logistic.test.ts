import { describe, expect, it } from "vitest";
import { Adam } from "./adam.ts";
import { fitLogistic, logitsOf, sigmoid, withIntercept } from "./logistic.ts";
import { matrix } from "./matrices.ts";
import { normals, uniforms } from "@moongate/statistics";

describe("logistic regression", () => {
  it("ends where the penalised loss has no slope, with soft targets and weights", () => {
    const next = uniforms("logistic");
    const features = withIntercept(matrix(80, 3, normals(next, 240)));
    const targets = Float64Array.from({ length: 80 }, next);
    const weights = Float64Array.from({ length: 80 }, next);
    const found = fitLogistic(features, targets, weights);
    const logits = logitsOf(features, found);
    for (let j = 0; j < 4; j++) {
      let slope = found[j] ?? 0;
      for (let row = 0; row < 80; row++) {
        const error = sigmoid(logits[row] ?? 0) - (targets[row] ?? 0);
        slope += (weights[row] ?? 0) * error * (features.values[row * 4 + j] ?? 0);
      }
      expect(Math.abs(slope)).toBeLessThan(1e-6);
    }
  });

  it("ends at the same weights from wherever it starts, far away too", () => {
    const next = uniforms("starts");
    const features = withIntercept(matrix(60, 4, normals(next, 240)));
    const targets = Float64Array.from({ length: 60 }, () => Math.round(next()));
    const found = fitLogistic(features, targets);
    for (const size of [0.1, 3, 30]) {
      const start = normals(next, 5).map((value) => size * value);
      fitLogistic(features, targets, undefined, start).forEach((weight, j) => {
        expect(weight).toBeCloseTo(found[j] ?? 9, 6);
      });
    }
  });

  it("stays finite on separable rows", () => {
    const features = withIntercept(matrix(4, 1, [-2, -1, 1, 2]));
    const found = fitLogistic(features, [0, 0, 1, 1]);
    expect(found[0]).toBeGreaterThan(0.5);
    expect(found[1]).toBeCloseTo(0, 9);
  });
});

describe("Adam", () => {
  it("moves by its rate first, and to the least of a parabola in the end", () => {
    const [values, adam] = [Float64Array.of(5, -3), new Adam(2)];
    const slope = (): Float64Array => Float64Array.of(2 * (values[0] ?? 0), 20 * (values[1] ?? 0));
    adam.update(values, slope(), 0.1);
    expect(values[0]).toBeCloseTo(4.9, 9);
    expect(values[1]).toBeCloseTo(-2.9, 9);
    for (let step = 0; step < 500; step++) adam.update(values, slope(), 0.05);
    expect(Math.hypot(...values)).toBeLessThan(1e-2);
  });
});
