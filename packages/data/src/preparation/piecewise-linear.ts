import { at } from "@moongate/errors";
import { shareOfWay } from "./interpolate.ts";

/** Quantile bins a number is cut into by default (fewer where quantiles coincide). */
export const PIECEWISE_BINS = 8;

/** The edges of the bins, strictly increasing, and the mean of each bin's encoding in training. */
export interface PiecewiseMap {
  readonly edges: readonly number[];
  readonly means: readonly number[];
}

/** The edges of at most so many quantile bins of ascending values: fewer where quantiles coincide. */
export function fitEdges(sorted: Float64Array, cuts: number): number[] {
  const edges: number[] = [];
  for (let cut = 0; cut <= cuts && sorted.length > 0; cut++) {
    const edge = at(sorted, Math.round((cut / cuts) * (sorted.length - 1))) + 0;
    if (edge !== edges.at(-1)) edges.push(edge);
  }
  return edges;
}

/**
 * Fits a piecewise-linear encoding with quantile bins (Gorishniy et al., "On Embeddings for
 * Numerical Features in Tabular Deep Learning", NeurIPS 2022) on ascending values. Fewer cuts are
 * made where these values would fill more than `bins` bins.
 *
 * Two departures from the paper: the first and last bins are clipped as well, so that unseen values
 * stay bounded, and each component is centred by its training mean.
 */
export function fitPiecewise(
  sorted: Float64Array,
  { cuts, bins }: { readonly cuts: number; readonly bins: number },
): PiecewiseMap {
  let edges = fitEdges(sorted, cuts);
  for (let fewer = cuts - 1; edges.length - 1 > bins; fewer--) edges = fitEdges(sorted, fewer);
  if (edges.length === 0) edges = [0];
  const means = Array.from({ length: edges.length - 1 }, (_, bin) => {
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
