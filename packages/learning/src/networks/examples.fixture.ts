import type { Examples } from "./network.ts";
import { normals, uniforms } from "./seeded.ts";

/** Seeded rows whose labels depend on a linear part and, for the first, a product of features. */
export function exampleRows(seed: string, rows: number, cols = 6, labelCount = 2): Examples {
  const features = normals(`${seed} features`, rows * cols);
  const chance = uniforms(`${seed} labels`);
  const labels = Uint8Array.from({ length: rows * labelCount }, (_, index) => {
    const at = Math.floor(index / labelCount) * cols;
    const [a = 0, b = 0, c = 0] = features.subarray(at, at + 3);
    const logit = index % labelCount === 0 ? 2 * a * b + c : a - 2 * c;
    return chance() < 1 / (1 + Math.exp(-2 * logit)) ? 1 : 0;
  });
  return { features, rows, cols, labels, labelCount };
}

/** One label of several. */
export function labelOf({ labels, labelCount }: Examples, which: number): Uint8Array {
  return labels.filter((_, index) => index % labelCount === which);
}

/** One column of row-major values. */
export function columnOf(values: Float64Array, cols: number, which: number): Float64Array {
  return values.filter((_, index) => index % cols === which);
}

/** Largest difference, in parts of 1 + |value|. */
export function farthest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return NaN;
  return Math.max(
    0,
    ...Array.from(a, (value, index) => {
      const other = b[index] ?? NaN;
      return Math.abs(value - other) / (1 + Math.abs(value));
    }),
  );
}
