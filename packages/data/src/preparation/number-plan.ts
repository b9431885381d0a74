import { type Column, columnOf, type Table } from "../table/table.ts";
import { MOST_LEVELS } from "./one-hot.ts";
import { PIECEWISE_BINS } from "./piecewise-linear.ts";

/** Encoded columns that one side may have, categories counted, before numbers get fewer bins. */
const COLUMN_BUDGET = 100;

/** Sine and cosine of the three cycles of a date. */
const DATE_CYCLES_COLUMNS = 6;

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
 * So a narrow table gets 8 bins a number, a wider one 4, a very wide one ranks alone. What categories
 * and booleans take is not chosen, and leaves numbers so much less.
 */
export function planNumbers(
  choice: NumberChoice,
  table: Table,
  columns: readonly string[],
): NumberPlan {
  if (choice !== "auto") return { encoding: choice, bins: PIECEWISE_BINS };
  const chosen = columns.map((name) => columnOf(table, name));
  const numbers = chosen.filter(({ kind }) => kind === "number" || kind === "date").length;
  const others = chosen.reduce((sum, column) => sum + mostColumns(column), 0);
  for (let bins = PIECEWISE_BINS; bins >= 4; bins /= 2) {
    if (numbers * (bins + 1) + others <= COLUMN_BUDGET) return { encoding: "piecewise", bins };
  }
  return { encoding: "ranks", bins: 0 };
}

/** Encoded columns of a category or boolean, at most: rare levels share one. */
function mostColumns(column: Column): number {
  if (column.kind === "category") return Math.min(column.levels.length, MOST_LEVELS + 1);
  if (column.kind === "date") return DATE_CYCLES_COLUMNS;
  return column.kind === "boolean" ? 1 : 0;
}
