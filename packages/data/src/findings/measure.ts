import { at } from "@moongate/errors";
import { type Column, MISSING } from "../table/table.ts";
import type { ColumnProfile, Range } from "./findings.ts";

/** Levels that a profile names, at most. */
const LEVELS_NAMED = 10;

/** The smallest and largest value of a column; undefined for categories, ids, and without values. */
export function rangeOf(column: Column): Range | undefined {
  if (column.kind === "category" || column.kind === "text") return undefined;
  const [low, high, integers] =
    column.kind === "boolean" ? extremesOf(column.values, MISSING) : extremesOf(column.values, NaN);
  return low > high ? undefined : { low, high, integers };
}

function extremesOf(values: Float64Array | Int8Array, missing: number): [number, number, boolean] {
  let [low, high, integers] = [Infinity, -Infinity, true];
  // a missing number is NaN, which no comparison holds for
  for (const value of values) {
    if (value === missing) continue;
    if (value < low) low = value;
    if (value > high) high = value;
    if (integers && value % 1 !== 0 && !Number.isNaN(value)) integers = false;
  }
  return [low, high, integers];
}

/** The most frequent levels of a category; undefined for other columns. */
export function levelsOf(column: Column): ColumnProfile["levels"] {
  if (column.kind !== "category") return undefined;
  const counts = new Uint32Array(column.levels.length);
  for (const code of column.codes) if (code !== MISSING) counts[code] = at(counts, code) + 1;
  return column.levels
    .map((level, code) => ({ level, count: at(counts, code) }))
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
    .slice(0, LEVELS_NAMED);
}
