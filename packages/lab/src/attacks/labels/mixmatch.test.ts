import { auc } from "@moongate/statistics";
import { describe, expect, it } from "vitest";
import { DenseNetwork } from "../numeric/dense-network.ts";
import { matrix } from "../numeric/matrices.ts";
import { normals, uniforms } from "@moongate/statistics";
import { MixedRows } from "./mixed-rows.ts";
import { lossOnMixed } from "./mixed-loss.ts";
import { networkHead } from "./network-head.ts";

const HEAD = [
  { inputs: 3, outputs: 4, activation: "tanh" },
  { inputs: 4, outputs: 1, activation: "linear" },
] as const;

/** A table with a rare label that the first column tells, and as many known rows of each class. */
function table(seed: string, rows: number, known: number) {
  const next = uniforms(seed);
  const inputs = matrix(rows, 3, normals(next, rows * 3));
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    next() < 1 / (1 + Math.exp(2.5 - 2 * (inputs.values[row * 3] ?? 0))) ? 1 : 0,
  );
  const share = labels.reduce((sum, label) => sum + label, 0) / rows;
  const half = (label: number): Uint32Array =>
    Uint32Array.from(labels.keys())
      .filter((row) => labels[row] === label)
      .subarray(0, known / 2);
  return { inputs, labels, share, known: Uint32Array.of(...half(1), ...half(0)), seed };
}

describe("the loss of MixMatch", () => {
  it("has the gradient of itself through the head, by every parameter", () => {
    const next = uniforms("mixed");
    const network = new DenseNetwork(HEAD);
    const { parameters } = network;
    parameters.set(normals(next, parameters.length));
    const rows = new MixedRows(table("gradient", 60, 20), next);
    rows.draw();
    rows.guess(network);
    rows.mix();
    const loss = (): number => lossOnMixed(rows, network.forward(rows.inputs, rows.count), 5);
    loss();
    network.backward(rows.slopes);
    const gradient = network.gradient.slice();
    parameters.forEach((value, i) => {
      const at = (moved: number): number => {
        parameters[i] = moved;
        const found = loss();
        parameters[i] = value;
        return found;
      };
      const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
      expect(Math.abs((gradient[i] ?? 9) - slope)).toBeLessThan(1e-7);
    });
  });

  it("is by hand: a log-loss of what came of known rows, a squared error of the others", () => {
    const rows = {
      ...{ count: 3, ofKnown: 1, slopes: new Float64Array(3) },
      ...{ targets: Float64Array.of(1, 0.25, 0.5), shifts: Float64Array.of(0, 1, 0) },
    };
    const loss = lossOnMixed(rows, Float64Array.of(0, -1, 0), 4);
    // ln 2, and 4 · ((½ − ¼)² + 0) / 2.
    expect(loss).toBeCloseTo(Math.LN2 + 0.125, 12);
    // ½ − 1, 4 · 2 · ¼ · ¼ / 2, and nothing.
    expect([...rows.slopes]).toEqual([-0.5, 0.25, 0]);
  });
});

describe("rows of MixMatch", () => {
  it("are nearer to their own than to what they are mixed with, and targets go with them", () => {
    const task = table("rows", 80, 20);
    const next = uniforms("draws");
    const network = new DenseNetwork(HEAD);
    const rows = new MixedRows(task, next);
    const shifts: number[] = [];
    for (let step = 0; step < 50; step++) {
      rows.draw();
      rows.guess(network);
      rows.mix();
      for (const target of rows.targets) {
        expect(target).toBeGreaterThanOrEqual(0);
        expect(target).toBeLessThanOrEqual(1);
      }
      shifts.push(...rows.shifts.subarray(rows.ofKnown));
      const largest = Math.max(...rows.shifts.map(Math.abs));
      // Known rows keep at least half of themselves, which has no shift.
      for (const shift of rows.shifts.subarray(0, rows.ofKnown)) {
        expect(Math.abs(shift)).toBeLessThanOrEqual(largest / 2 + 1e-12);
      }
    }
    // The others are rarer than the known ones: their log-odds lie lower, by half at least.
    const positives = task.share * 80 - 10;
    const shift = Math.log(positives / (60 - positives));
    for (const each of shifts) {
      expect(each).toBeLessThanOrEqual(shift / 2 + 1e-9);
      expect(each).toBeGreaterThanOrEqual(shift - 1e-9);
    }
  });

  it("of a network that says nothing are guessed at the share of positives, and sharpened", () => {
    const task = table("guess", 400, 40);
    const rows = new MixedRows(task, uniforms("guess"));
    rows.draw();
    rows.guess(new DenseNetwork(HEAD));
    rows.mix();
    const share = (task.share * 400 - 20) / 360;
    const [yes, no] = [share ** 1.25, (1 - share) ** 1.25];
    const least = Math.min(...rows.targets);
    expect(least).toBeGreaterThanOrEqual(0);
    // Where two others were mixed, the target is the guess itself.
    expect([...rows.targets].some((t) => Math.abs(t - yes / (yes + no)) < 1e-9)).toBe(true);
  });
});

describe("a network head", () => {
  it("finds what the columns tell from few known rows, and is the same again by its seed", () => {
    const task = table("finds", 1000, 40);
    const scores = networkHead(task);
    expect(auc(scores, task.labels)).toBeGreaterThan(0.8);
    expect(networkHead(task)).toEqual(scores);
    expect(networkHead({ ...task, seed: "other" })).not.toEqual(scores);
  });
});
