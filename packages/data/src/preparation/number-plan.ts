import { columnOf, type Table } from "../table/table.ts";
import type { NumberEncoding, NumberPlan } from "./fit-feature.ts";
import { PIECEWISE_BINS } from "./piecewise-linear.ts";

/** Encoded columns that numbers may take on one side before they get fewer bins. */
const COLUMN_BUDGET = 100;

/** "auto": piecewise with as many bins as keep a side's encoded columns in hand, else ranks. */
export type NumberChoice = NumberEncoding | "auto";

/**
 * Every encoded column costs both sides a column of the joint model's first layer, masked or not.
 * So a narrow table gets 8 bins a number, a wider one 4, a very wide one ranks alone.
 */
export function planNumbers(
  choice: NumberChoice,
  table: Table,
  columns: readonly string[],
): NumberPlan {
  if (choice !== "auto") return { encoding: choice, bins: PIECEWISE_BINS };
  const numbers = columns.filter((name) => columnOf(table, name).kind === "number").length;
  for (let bins = PIECEWISE_BINS; bins >= 4; bins /= 2) {
    if (numbers * (bins + 1) <= COLUMN_BUDGET) return { encoding: "piecewise", bins };
  }
  return { encoding: "ranks", bins: 0 };
}
