import { at } from "@moongate/errors";
import type { GradientBatch, GradientStep } from "./steps.ts";
import { solveMarvell } from "./marvell-solver.ts";
import { largest, requireMatrix, squaredNorms } from "./matrix.ts";
import type { NoiseStream } from "./noise.ts";

/** Noise of one label's classes: variance along a unit direction, and in every direction. */
interface LabelNoise {
  readonly direction: Float64Array;
  readonly along: readonly [negatives: number, positives: number];
  readonly everywhere: readonly [negatives: number, positives: number];
}

/**
 * Marvell (Li et al., ICLR 2022, arXiv 2102.08504): Gaussian noise whose covariance, one for each
 * class, makes the classes' gradients as alike as its power allows. For each label:
 *
 * 1. From the batch: u, v, p, and D, the positives' mean gradient minus the negatives'.
 * 2. The noise of the least sumKL with power s‖D‖² (`solveMarvell`).
 * 3. Each row gets the noise of its class: N(0, l1c − l2c) along D, and N(0, l2c) everywhere.
 *
 * What the paper leaves open. Several labels: each has its D of the gradients as they were and its
 * own noise, and the noises are added; the power is then s times the sum of their ‖D‖². A batch
 * with one class of a label tells by quiet gradients that it has no other, so it gets the noise that
 * the last batch with both classes called for, and before any such isotropic noise of power
 * s · (largest norm)². Class statistics are made of data: no ε.
 */
export function marvell(s: number, noise: NoiseStream): GradientStep {
  const last = new Map<number, LabelNoise>();
  return {
    apply(gradient, batch) {
      const { rows, labels, labelCount, cut } = batch;
      requireMatrix("a gradient", gradient, rows.length, cut);
      requireMatrix("a batch's labels", labels, rows.length, labelCount);
      const noisy = Float64Array.from(gradient);
      for (let label = 0; label < labelCount; label++) {
        const own = noiseFor(gradient, batch, label, s);
        if (own !== undefined) last.set(label, own);
        const used = own ?? last.get(label) ?? anyDirection(gradient, cut, s);
        addNoise(noisy, batch, label, used, noise);
      }
      return Float32Array.from(noisy);
    },
  };
}

/** The noise; undefined if the batch has one class of the label, or both classes have the same mean. */
function noiseFor(
  gradient: Float32Array,
  batch: GradientBatch,
  label: number,
  s: number,
): LabelNoise | undefined {
  const [negatives, positives] = [
    statistics(gradient, batch, label, 0),
    statistics(gradient, batch, label, 1),
  ];
  if (negatives.rows === 0 || positives.rows === 0) return undefined;
  const difference = positives.mean.map((value, col) => value - at(negatives.mean, col));
  const g = difference.reduce((sum, value) => sum + value ** 2, 0);
  if (!(g > 0)) return undefined;
  const { lam10, lam20, lam11, lam21 } = solveMarvell({
    u: negatives.variance,
    v: positives.variance,
    g,
    d: batch.cut,
    p: positives.rows / batch.rows.length,
    power: s * g,
  });
  return {
    direction: difference.map((value) => value / Math.sqrt(g)),
    along: [lam10 - lam20, lam11 - lam21],
    everywhere: [lam20, lam21],
  };
}

function anyDirection(gradient: Float32Array, cut: number, s: number): LabelNoise {
  const variance = (s * largest(squaredNorms(gradient, cut))) / cut;
  return {
    direction: new Float64Array(cut),
    along: [0, 0],
    everywhere: [variance, variance],
  };
}

/** Mean and mean variance of a coordinate over the batch's rows of a class. */
function statistics(
  gradient: Float32Array,
  { rows, labels, labelCount, cut }: GradientBatch,
  label: number,
  value: 0 | 1,
): { readonly rows: number; readonly mean: Float64Array; readonly variance: number } {
  const of: number[] = [];
  for (let row = 0; row < rows.length; row++) {
    if (labels[row * labelCount + label] === value) of.push(row);
  }
  const mean = new Float64Array(cut);
  let variance = 0;
  for (let col = 0; col < cut; col++) {
    const column = of.map((row) => at(gradient, row * cut + col));
    const middle = column.reduce((sum, entry) => sum + entry, 0) / Math.max(1, of.length);
    mean[col] = middle;
    variance += column.reduce((sum, entry) => sum + (entry - middle) ** 2, 0);
  }
  return { rows: of.length, mean, variance: variance / Math.max(1, of.length * cut) };
}

function addNoise(
  noisy: Float64Array,
  { rows, labels, labelCount, cut }: GradientBatch,
  label: number,
  { direction, along, everywhere }: LabelNoise,
  noise: NoiseStream,
): void {
  for (let row = 0; row < rows.length; row++) {
    const value = labels[row * labelCount + label] === 1 ? 1 : 0;
    const length = Math.sqrt(along[value]) * noise.normal();
    const deviation = Math.sqrt(everywhere[value]);
    for (let col = 0; col < cut; col++) {
      const index = row * cut + col;
      const across = deviation > 0 ? deviation * noise.normal() : 0;
      noisy[index] = at(noisy, index) + length * at(direction, col) + across;
    }
  }
}
