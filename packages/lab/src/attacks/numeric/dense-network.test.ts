import { describe, expect, it } from "vitest";
import { DenseNetwork } from "./dense-network.ts";
import { multiply, matrix } from "./matrices.ts";
import { normals, uniforms } from "@moongate/statistics";

const SHAPES = [
  { inputs: 4, outputs: 5, activation: "relu" },
  { inputs: 5, outputs: 3, activation: "linear" },
  { inputs: 3, outputs: 4, activation: "tanh" },
  { inputs: 4, outputs: 2, activation: "linear" },
] as const;

describe("a dense network", () => {
  it("has the gradient of its loss by every parameter", () => {
    const next = uniforms("dense");
    const network = new DenseNetwork(SHAPES);
    const { parameters } = network;
    parameters.set(normals(next, parameters.length));
    const [rows, outputs] = [6, 2];
    const inputs = normals(next, rows * 4);
    const wanted = normals(next, rows * outputs);
    const off = (): Float64Array => {
      const found = network.forward(inputs, rows);
      return wanted.map((value, at) => (found[at] ?? 9) - value);
    };
    const loss = (): number => off().reduce((sum, value) => sum + value * value, 0) / 2;
    network.backward(off());
    const gradient = network.gradient.slice();
    expect(gradient.some((value) => value === 0)).toBe(false);
    parameters.forEach((value, i) => {
      const at = (moved: number): number => {
        parameters[i] = moved;
        const found = loss();
        parameters[i] = value;
        return found;
      };
      const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
      expect(Math.abs((gradient[i] ?? 9) - slope)).toBeLessThan(
        1e-6 * Math.max(1, Math.abs(slope)),
      );
    });
  });

  it("is a product where it has one linear layer, of few rows after many too", () => {
    const next = uniforms("one layer");
    const network = new DenseNetwork([{ inputs: 3, outputs: 2, activation: "linear" }]);
    network.parameters.set(normals(next, 8));
    const weights = matrix(4, 2, network.parameters);
    for (const rows of [9, 2, 5]) {
      const inputs = normals(next, rows * 3);
      const withOnes = matrix(rows, 4).values.map((_, at) =>
        at % 4 === 3 ? 1 : (inputs[Math.floor(at / 4) * 3 + (at % 4)] ?? 9),
      );
      const expected = multiply(matrix(rows, 4, withOnes), weights).values;
      const found = network.forward(inputs, rows);
      expected.forEach((value, at) => {
        expect(found[at]).toBeCloseTo(value, 12);
      });
    }
  });
});
