import { at } from "@moongate/errors";
import { binCount } from "./bins.ts";
import { type BinnedTable, type Derivatives, PER_BIN } from "./histogram.ts";

/**
 * The places of a histogram that each row adds to. The commonest bin of every column is left out: its
 * sums are those of all rows less those of the other bins (LightGBM does the same), so that a wide
 * table of counts, which are mostly 0, costs what its other values cost.
 */
export interface SumsByBin {
  /** The places of the columns' bins, and the histogram's length at the end. */
  readonly starts: Uint32Array;
  /** The place of each column's commonest bin. */
  readonly common: Uint32Array;
  /** Row r adds to `places` from `rows[r]` up to `rows[r + 1]`. */
  readonly rows: Uint32Array;
  readonly places: Uint32Array;
}

/** Lays out a histogram of a table. @param rows those that it will ever be made of. */
export function sumsByBin(table: BinnedTable, rows: Uint32Array): SumsByBin {
  const { columns, bins } = table;
  const starts = new Uint32Array(columns.length + 1);
  bins.forEach((each, column) => {
    starts[column + 1] = at(starts, column) + PER_BIN * binCount(each);
  });
  const usual = columns.map((own, column) => commonest(own, rows, binCount(at(bins, column))));
  const ends = new Uint32Array(table.rows + 1);
  columns.forEach((own, column) => {
    const most = at(usual, column);
    for (const row of rows) if (own[row] !== most) ends[row + 1] = (ends[row + 1] ?? 0) + 1;
  });
  for (let row = 0; row < table.rows; row++)
    ends[row + 1] = (ends[row + 1] ?? 0) + (ends[row] ?? 0);
  const places = new Uint32Array(at(ends, table.rows));
  const next = ends.slice();
  columns.forEach((own, column) => {
    const [start, most] = [at(starts, column), at(usual, column)];
    for (const row of rows) {
      const bin = own[row] ?? 0;
      if (bin === most) continue;
      const place = next[row] ?? 0;
      places[place] = start + PER_BIN * bin;
      next[row] = place + 1;
    }
  });
  const common = Uint32Array.from(usual, (bin, column) => at(starts, column) + PER_BIN * bin);
  return { starts, common, rows: ends, places };
}

function commonest(bins: Uint8Array, rows: Uint32Array, count: number): number {
  const counts = new Uint32Array(count);
  for (const row of rows) {
    const bin = bins[row] ?? 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.indexOf(Math.max(...counts));
}

/** The histogram of some rows: the sums of their derivatives, and their number, by column and bin. */
export function histogramOf(
  { starts, common, rows: ends, places }: SumsByBin,
  { gradients, hessians }: Derivatives,
  rows: Uint32Array,
): Float64Array {
  const histogram = new Float64Array(at(starts, starts.length - 1));
  let [gradientOfAll, hessianOfAll] = [0, 0];
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] ?? 0;
    const gradient = gradients[row] ?? 0;
    const hessian = hessians[row] ?? 0;
    gradientOfAll += gradient;
    hessianOfAll += hessian;
    const end = ends[row + 1] ?? 0;
    for (let each = ends[row] ?? 0; each < end; each++) {
      const place = places[each] ?? 0;
      histogram[place] = (histogram[place] ?? 0) + gradient;
      histogram[place + 1] = (histogram[place + 1] ?? 0) + hessian;
      histogram[place + 2] = (histogram[place + 2] ?? 0) + 1;
    }
  }
  common.forEach((place, column) => {
    let [gradient, hessian, count] = [gradientOfAll, hessianOfAll, rows.length];
    const end = starts[column + 1] ?? 0;
    for (let other = starts[column] ?? 0; other < end; other += PER_BIN) {
      gradient -= histogram[other] ?? 0;
      hessian -= histogram[other + 1] ?? 0;
      count -= histogram[other + 2] ?? 0;
    }
    // No row of it: what is left is rounding.
    if (count === 0) return;
    histogram[place] = gradient;
    histogram[place + 1] = hessian;
    histogram[place + 2] = count;
  });
  return histogram;
}
