import { at } from "@moongate/errors";
import { doubleAt } from "./checked-reads.ts";
import type { RawColumn } from "./raw-column.ts";

/** How a column's values become bins 1 and up; bin 0 holds missing values, rare and unknown levels. */
export type ColumnBins =
  | {
      readonly name: string;
      readonly kind: "number";
      /** A value is in bin 1 + (number of edges below it). */
      readonly edges: readonly number[];
    }
  | {
      readonly name: string;
      readonly kind: "category";
      /** The level of each bin, from bin 1 on. */
      readonly levels: readonly string[];
    };

/** Rows of a bin, at least: LightGBM's min_data_in_bin. */
const LEAST_ROWS = 3;

/** Part of the rows that the levels with bins of their own cover. */
const COVERED = 0.99;

/** How many bins there are, bin 0 included. */
export function binCount(bins: ColumnBins): number {
  return 1 + (bins.kind === "number" ? bins.edges.length + 1 : bins.levels.length);
}

/** Places the bins of a column by its values in the given rows, `most` at most. */
export function fitBins(column: RawColumn, rows: Uint32Array, most: number): ColumnBins {
  const { name, kind } = column;
  if (kind === "number") {
    const known = Float64Array.from(rows, (row) => at(column.values, row)).filter(
      (value) => !Number.isNaN(value),
    );
    return { name, kind, edges: edgesOf(known.sort(), most) };
  }
  return { name, kind, levels: commonLevels(column, rows, most) };
}

/** The bin of every row. */
export function binned(column: RawColumn, bins: ColumnBins): Uint8Array {
  if (column.kind === "number" && bins.kind === "number") {
    const edges = Float64Array.from(bins.edges);
    return Uint8Array.from(column.values, (value) =>
      Number.isNaN(value) ? 0 : 1 + edgesBelow(edges, value),
    );
  }
  if (column.kind === "category" && bins.kind === "category") {
    const binOf = new Map(bins.levels.map((level, index) => [level, index + 1]));
    const byCode = column.levels.map((level) => binOf.get(level) ?? 0);
    return Uint8Array.from(column.codes, (code) => (code < 0 ? 0 : at(byCode, code)));
  }
  throw new RangeError(`column "${bins.name}" was a ${bins.kind} and is a ${column.kind}`);
}

/**
 * Edges between bins of about equal mass, as LightGBM's GreedyFindBin places them: a value that
 * fills a bin by itself has one, the others share what is left.
 */
function edgesOf(sorted: Float64Array, most: number): number[] {
  const { values, counts } = distinct(sorted);
  const edges: number[] = [];
  const edgeAfter = (index: number): void => {
    edges.push((at(values, index) + at(values, index + 1)) / 2);
  };
  const heavy = sorted.length / most;
  const few = values.length <= most;
  const alone = counts.map((count) => !few && count >= heavy);
  let left = sorted.length - counts.reduce((sum, n, i) => sum + (at(alone, i) ? n : 0), 0);
  let bins = most - alone.filter(Boolean).length;
  let target = few ? LEAST_ROWS : Math.max(LEAST_ROWS, left / Math.max(1, bins));
  let filled = 0;
  for (let i = 0; i < values.length - 1 && edges.length < most - 1; i++) {
    filled += at(counts, i);
    if (!at(alone, i)) left -= at(counts, i);
    if (!at(alone, i) && !at(alone, i + 1) && filled < target) continue;
    edgeAfter(i);
    filled = 0;
    if (few || at(alone, i)) continue;
    bins -= 1;
    target = Math.max(LEAST_ROWS, left / Math.max(1, bins));
  }
  return edges;
}

function distinct(sorted: Float64Array): { values: number[]; counts: number[] } {
  const values: number[] = [];
  const counts: number[] = [];
  let count = 0;
  sorted.forEach((value, index) => {
    count += 1;
    if (value === sorted[index + 1]) return;
    values.push(value);
    counts.push(count);
    count = 0;
  });
  return { values, counts };
}

/** The commonest levels, until they cover nearly all rows. */
function commonLevels(
  { codes, levels }: Extract<RawColumn, { kind: "category" }>,
  rows: Uint32Array,
  most: number,
): string[] {
  const counts = levels.map((level) => ({ level, count: 0 }));
  let known = 0;
  for (const row of rows) {
    const code = at(codes, row);
    if (code < 0) continue;
    at(counts, code).count += 1;
    known += 1;
  }
  const common = counts
    .filter(({ count }) => count >= LEAST_ROWS)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
    .slice(0, most);
  let covered = 0;
  return common
    .filter(({ count }, index) => {
      const needed = covered < COVERED * known || index < 2;
      covered += count;
      return needed;
    })
    .map(({ level }) => level);
}

/** The number of edges below a value, by halves. */
function edgesBelow(edges: Float64Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (doubleAt(edges, middle) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
