import { shareOfWay } from "./interpolate.ts";

/** Quantile bins a number is cut into by default (fewer where quantiles coincide). */
export const PIECEWISE_BINS = 8;

/** The edges of the bins, strictly increasing, and the mean of each bin's encoding in training. */
export interface PiecewiseMap {
  readonly edges: readonly number[];
  readonly means: readonly number[];
}

/**
 * Fits a piecewise-linear encoding with quantile bins (Gorishniy et al., "On Embeddings for
 * Numerical Features in Tabular Deep Learning", NeurIPS 2022) on ascending values, at least one.
 * Undefined when fewer than two bins are left: one bin says no more than the rank.
 *
 * Two departures from the paper: the first and last bins are clipped as well, so that unseen values
 * stay bounded, and each component is centred by its training mean.
 */
export function fitPiecewise(
  sorted: Float64Array,
  cuts: number = PIECEWISE_BINS,
): PiecewiseMap | undefined {
  const edges: number[] = [];
  for (let cut = 0; cut <= cuts; cut++) {
    const at = Math.round((cut / cuts) * (sorted.length - 1));
    const edge = (sorted[at] ?? 0) + 0;
    if (edge !== edges.at(-1)) edges.push(edge);
  }
  const bins = edges.length - 1;
  if (bins < 2) return undefined;
  const means = Array.from({ length: bins }, (_, bin) => {
    let sum = 0;
    for (const value of sorted) sum += placeInBin(edges, bin, value);
    return sum / sorted.length;
  });
  return { edges, means };
}

/** The place of `value` within bin `bin`: 0 below it, 1 above it, linear inside. */
export function placeInBin(edges: readonly number[], bin: number, value: number): number {
  const left = edges[bin] ?? 0;
  const right = edges[bin + 1] ?? 0;
  if (value <= left) return 0;
  if (value >= right) return 1;
  return shareOfWay(left, right, value);
}
