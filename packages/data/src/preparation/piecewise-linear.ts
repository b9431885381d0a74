import { at } from "@moongate/errors";
import { shareOfWay } from "./interpolate.ts";

/** Quantile bins a number is cut into by default (fewer where quantiles coincide). */
export const PIECEWISE_BINS = 8;

/** The edges of the bins, strictly increasing, and the mean of each bin's encoding in training. */
export interface PiecewiseMap {
  readonly edges: readonly number[];
  readonly means: readonly number[];
}

/**
 * The edges of at most `cuts` bins of ascending values. A value that more than a bin's share of the
 * rows have is an edge of its own; the other edges are quantiles of the other values, so that bins do
 * not collapse on a heavy value, and the ends of the range are told apart.
 */
export function fitEdges(sorted: Float64Array, cuts: number): number[] {
  const heavy = heavyValues(sorted, sorted.length / cuts);
  const light = heavy.size === 0 ? sorted : sorted.filter((value) => !heavy.has(value));
  const gaps = Math.max(1, cuts - heavy.size);
  const quantiles = Array.from({ length: light.length === 0 ? 0 : gaps + 1 }, (_, cut) =>
    at(light, Math.round((cut / gaps) * (light.length - 1))),
  );
  // +0 for -0: JSON cannot tell them apart
  return [...new Set([...heavy, ...quantiles].map((edge) => edge + 0))]
    .sort((a, b) => a - b)
    .slice(0, cuts + 1);
}

/** The values that more than so many of the ascending ones are equal to. */
function heavyValues(sorted: Float64Array, most: number): Set<number> {
  const heavy = new Set<number>();
  for (let start = 0, end = 0; start < sorted.length; start = end) {
    const value = at(sorted, start);
    while (end < sorted.length && sorted[end] === value) end++;
    if (end - start > most) heavy.add(value);
  }
  return heavy;
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
