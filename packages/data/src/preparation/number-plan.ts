import { type Column, columnOf, type Table } from "../table/table.ts";
import { levelCounts, MOST_LEVELS } from "./one-hot.ts";
import { PIECEWISE_BINS } from "./piecewise-linear.ts";

/** Encoded columns that one side's numbers and categories may weigh before numbers get fewer bins. */
const COLUMN_BUDGET = 100;

/** Share of the budget that categories, booleans and cycles of dates can take from numbers. */
const OTHERS_SHARE = 0.5;

/** Bins below which ranks alone tell about as much. */
const FEWEST_BINS = 2;

/** Sine and cosine of the three cycles of a date. */
const DATE_CYCLES_COLUMNS = 6;

/** Columns of a number beside its bins: its rank and its logarithm. */
const BESIDE_BINS = 2;

/** What becomes of numbers; see the package's README. */
export type NumberEncoding = "ranks" | "standard" | "piecewise";

/** An encoding of numbers, and for piecewise the number of bins to aim at. */
export interface NumberPlan {
  readonly encoding: NumberEncoding;
  readonly bins: number;
}

/** "auto": piecewise with as many bins as keep a side's encoded columns in hand, else ranks. */
export type NumberChoice = NumberEncoding | "auto";

/**
 * Every encoded column costs both sides a column of the joint model's first layer, masked or not.
 * So a narrow table gets 8 bins a number, a wider one fewer, a very wide one ranks alone. Columns are
 * counted by what they tell: a number needs no more bins than it has values, a category weighs as
 * many columns as equally frequent levels would have its entropy, and all that is not a number
 * takes at most half.
 */
export function planNumbers(
  choice: NumberChoice,
  table: Table,
  columns: readonly string[],
): NumberPlan {
  if (choice !== "auto") return { encoding: choice, bins: PIECEWISE_BINS };
  const chosen = columns.map((name) => columnOf(table, name));
  const most = chosen.flatMap((column) => mostBins(column) ?? []);
  const others = chosen.reduce((sum, column) => sum + weightOf(column), 0);
  const left = COLUMN_BUDGET - Math.min(others, OTHERS_SHARE * COLUMN_BUDGET);
  for (let bins = PIECEWISE_BINS; bins >= FEWEST_BINS; bins--) {
    const width = most.reduce((sum, own) => sum + Math.min(own, bins) + BESIDE_BINS, 0);
    if (width <= left) return { encoding: "piecewise", bins };
  }
  return { encoding: "ranks", bins: 0 };
}

/** The bins that a number or date can fill; undefined for other columns, and for one without two values. */
function mostBins(column: Column): number | undefined {
  if (column.kind !== "number" && column.kind !== "date") return undefined;
  const seen = new Set<number>();
  for (const value of column.values) {
    if (!Number.isNaN(value)) seen.add(value);
    if (seen.size > PIECEWISE_BINS) break;
  }
  return seen.size < 2 ? undefined : seen.size - 1;
}

/** Columns that a category, a boolean or a date's cycles weigh beside the numbers. */
function weightOf(column: Column): number {
  if (column.kind === "date") return DATE_CYCLES_COLUMNS;
  if (column.kind === "boolean") return 1;
  return column.kind === "category"
    ? Math.min(MOST_LEVELS + 1, perplexity(levelCounts(column)))
    : 0;
}

/** The number of equally frequent levels that have the same entropy. */
function perplexity(counts: Float64Array): number {
  const all = counts.reduce((sum, count) => sum + count, 0);
  const entropy = counts.reduce(
    (sum, count) => (count === 0 ? sum : sum - (count / all) * Math.log(count / all)),
    0,
  );
  return all === 0 ? 0 : Math.exp(entropy);
}
