import { type FeatureRows, featureRows, type Features } from "../features.ts";
import { SIDES } from "../side.ts";
import type { VerticalTable } from "./table.ts";

interface ClippedShape {
  readonly rows: number;
  readonly width: number;
  /** The side, for refusals. */
  readonly whose: string;
  /** Fractional bits that the features will have. */
  readonly bits: number;
  /** A row's largest L2 norm, in units of 2^-bits: a whole number. */
  readonly bound: number;
}

/** The largest norm of one side's rows, in units of 2^-bits: `clip` times √width, rounded down. */
export function clippedNorm(clip: number, width: number, bits: number): number {
  return Math.floor(clip * Math.sqrt(width) * 2 ** bits);
}

/**
 * One side's features with every row at most so long. What comes out lies on the grid of 2^-bits,
 * so encoding changes it no more and the bound holds for the ring elements themselves.
 *
 * @throws as featureRows
 */
export function clippedRows(features: Features, shape: ClippedShape): FeatureRows {
  const { width, bits, bound } = shape;
  const source = featureRows(features, shape);
  const unit = 2 ** -bits;
  return {
    rows: (from, to) => {
      const words = source.rows(from, to).map((value) => Math.round(value / unit));
      for (let first = 0; first < words.length; first += width) {
        clip(words.subarray(first, first + width), bound);
      }
      return words.map((word) => word * unit);
    },
  };
}

/** A table whose rows are clipped on each side, or as it is where no clip is asked for. */
export function clippedTable(
  table: VerticalTable,
  dp: { readonly clip: number } | undefined,
  bits: number,
): VerticalTable {
  if (dp === undefined) return table;
  const { rows, width } = table;
  const features = SIDES.flatMap((side) => {
    const own = table.features[side];
    if (own === undefined) return [];
    const bound = clippedNorm(dp.clip, width[side], bits);
    return [[side, clippedRows(own, { rows, width: width[side], whose: side, bits, bound })]];
  });
  return { ...table, features: Object.fromEntries(features) as VerticalTable["features"] };
}

/**
 * 1. A row within the bound stays as it is. Squares of words of 16 bits add up exactly.
 * 2. A longer one shrinks to the bound, its words rounded towards zero.
 * 3. Should the shrinking have been a rounding error too little, it shrinks a little more.
 */
function clip(row: Float64Array, bound: number): void {
  if (!(squares(row) > bound * bound)) return;
  const long = row.slice();
  let factor = bound / Math.sqrt(squares(row));
  do {
    long.forEach((word, index) => {
      row[index] = Math.trunc(word * factor);
    });
    factor *= 1 - 2 ** -40;
  } while (squares(row) > bound * bound);
}

function squares(row: Float64Array): number {
  let sum = 0;
  for (const word of row) sum += word * word;
  return sum;
}
