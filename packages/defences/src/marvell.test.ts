import { at } from "@moongate/errors";
import { auc } from "@moongate/statistics";
import { describe, expect, it } from "vitest";
import type { GradientBatch } from "./steps.ts";
import { marvell } from "./marvell.ts";
import { type MarvellNoise, solveMarvell } from "./marvell-solver.ts";
import { largest, squaredNorms } from "./matrix.ts";
import { firstRows, moments, noiseOf, normals } from "./noise.fixture.ts";

const [rows, cut] = [40, 4];
/** Every fourth row is a positive. */
const labels = Uint8Array.from({ length: rows }, (_, row) => (row % 4 === 0 ? 1 : 0));
const batch: GradientBatch = { rows: firstRows(rows), labels, labelCount: 1, cut };
const rowsOf = (value: number): number[] =>
  Array.from(batch.rows).filter((row) => labels[row] === value);

interface Case {
  readonly gradient: Float32Array;
  /** Unit vector along D, and its squared norm. */
  readonly direction: readonly number[];
  readonly g: number;
  readonly solved: MarvellNoise;
}

/** Negatives about 0, positives about (shift, 0, 0, 0) and wider, and what a power of s·G calls for. */
function caseOf(shift: number, s: number): Case {
  const gradient = normals("marvell", rows * cut).map((value, index) => {
    const positive = labels[Math.floor(index / cut)] === 1;
    return (positive && index % cut === 0 ? shift : 0) + value * (positive ? 0.5 : 0.2);
  });
  const [negatives, positives] = [statistics(gradient, 0), statistics(gradient, 1)];
  const difference = positives.mean.map((value, col) => value - at(negatives.mean, col));
  const g = difference.reduce((sum, value) => sum + value ** 2, 0);
  const [u, v] = [negatives.variance, positives.variance];
  return {
    gradient,
    direction: difference.map((value) => value / Math.sqrt(g)),
    g,
    solved: solveMarvell({ u, v, g, d: cut, p: 0.25, power: s * g }),
  };
}

/** Mean gradient of a class, and mean variance of its coordinates. */
function statistics(gradient: Float32Array, value: number): { mean: number[]; variance: number } {
  const columns = Array.from({ length: cut }, (_, col) =>
    moments(rowsOf(value).map((row) => at(gradient, row * cut + col))),
  );
  return {
    mean: columns.map(({ mean }) => mean),
    variance: moments(columns.map(({ variance }) => variance)).mean,
  };
}

/** What was added to some rows, over many draws: variance along D, and along a line across it. */
function added(
  { gradient, direction }: Case,
  outputs: readonly Float32Array[],
  of: readonly number[],
): [along: number, across: number] {
  const length = Math.hypot(at(direction, 0), at(direction, 1));
  const sideways = [-at(direction, 1) / length, at(direction, 0) / length, 0, 0];
  const varianceAlong = (line: readonly number[]): number =>
    moments(
      outputs.flatMap((output) =>
        of.map((row) =>
          line.reduce((sum, part, col) => {
            const index = row * cut + col;
            return sum + part * (at(output, index) - at(gradient, index));
          }, 0),
        ),
      ),
    ).variance;
  return [varianceAlong(direction), varianceAlong(sideways)];
}

const s = 2;
const far = caseOf(2, s);
const { gradient, g, solved } = far;

function repeated(times: number, of: GradientBatch = batch): Float32Array[] {
  const step = marvell(s, noiseOf("marvell").stream("x"));
  return Array.from({ length: times }, () => step.apply(gradient, of));
}

describe("Marvell", () => {
  it("adds to each class the noise that was solved for: along D and across it", () => {
    const outputs = repeated(400);
    const [negativeAlong, negativeAcross] = added(far, outputs, rowsOf(0));
    const [positiveAlong, positiveAcross] = added(far, outputs, rowsOf(1));
    expect(negativeAlong / solved.lam10).toBeCloseTo(1, 1);
    expect(negativeAcross / solved.lam20).toBeCloseTo(1, 1);
    expect(positiveAlong / solved.lam11).toBeCloseTo(1, 1);
    expect(solved.lam21).toBe(0);
    expect(positiveAcross).toBeLessThan(1e-9);
  });

  it("does not add what goes everywhere to what goes along D a second time", () => {
    const near = caseOf(0.1, 1);
    expect(near.solved.lam20).toBeGreaterThan(0.2 * near.solved.lam10);
    const step = marvell(1, noiseOf("near").stream("x"));
    const outputs = Array.from({ length: 400 }, () => step.apply(near.gradient, batch));
    const [along, across] = added(near, outputs, rowsOf(0));
    expect(along / near.solved.lam10).toBeCloseTo(1, 1);
    expect(across / near.solved.lam20).toBeCloseTo(1, 1);
  });

  it("spends s‖D‖² a row, on average", () => {
    const spent = repeated(300).map((output) => {
      const noise = output.map((value, index) => value - at(gradient, index));
      return moments(squaredNorms(noise, cut)).mean;
    });
    expect(moments(spent).mean / (s * g)).toBeCloseTo(1, 1.3);
  });

  it("hides the label from the norm, the more so with more power", () => {
    const leak = (power: number): number => {
      const step = marvell(power, noiseOf("leak").stream("x"));
      const scores = Array.from({ length: 50 }, () =>
        Array.from(squaredNorms(step.apply(gradient, batch), cut)),
      ).flat();
      return auc(
        scores,
        Uint8Array.from(scores, (_, index) => at(labels, index % rows)),
      );
    };
    expect(auc(Array.from(squaredNorms(gradient, cut)), labels)).toBeGreaterThan(0.95);
    const [some, more] = [leak(1), leak(8)];
    expect(some).toBeLessThan(0.85);
    expect(more).toBeLessThan(some);
    expect(more).toBeLessThan(0.65);
  });

  it("gives a batch of one class the noise of the last batch with both", () => {
    const quiet = { ...batch, labels: new Uint8Array(rows) };
    const step = marvell(s, noiseOf("one class").stream("x"));
    step.apply(gradient, batch);
    const outputs = Array.from({ length: 200 }, () => step.apply(gradient, quiet));
    const [along, across] = added(far, outputs, Array.from(batch.rows));
    expect(along / solved.lam10).toBeCloseTo(1, 1);
    expect(across / solved.lam20).toBeCloseTo(1, 1);
  });

  it("gives it isotropic noise before any such batch", () => {
    const quiet = { ...batch, labels: new Uint8Array(rows) };
    const [along, across] = added(far, repeated(200, quiet), Array.from(batch.rows));
    const expected = (s * largest(squaredNorms(gradient, cut))) / cut;
    expect(along / expected).toBeCloseTo(1, 1);
    expect(across / expected).toBeCloseTo(1, 1);
  });

  it("adds the noises of several labels", () => {
    const both = Uint8Array.from({ length: 2 * rows }, (_, index) =>
      at(labels, Math.floor(index / 2)),
    );
    const outputs = repeated(300, { ...batch, labels: both, labelCount: 2 });
    const [along, across] = added(far, outputs, rowsOf(0));
    expect(along / (2 * solved.lam10)).toBeCloseTo(1, 1);
    expect(across / (2 * solved.lam20)).toBeCloseTo(1, 1);
  });

  it("works with one column, and leaves a gradient of zeros", () => {
    const narrow = { ...batch, cut: 1 };
    const step = marvell(s, noiseOf("narrow").stream("x"));
    const column = Float32Array.from(labels, (label) => label - 0.2);
    expect(step.apply(column, narrow).every(Number.isFinite)).toBe(true);
    const zeros = marvell(s, noiseOf("zeros").stream("x")).apply(new Float32Array(rows), narrow);
    expect(zeros.every((value) => value === 0)).toBe(true);
  });

  it("refuses labels of another shape", () => {
    const step = marvell(s, noiseOf("shape").stream("x"));
    expect(() => step.apply(gradient, { ...batch, labelCount: 2 })).toThrow(
      expect.objectContaining({ code: "SHAPE_MISMATCH" }),
    );
  });
});
