import { setImmediate as nextTurn } from "node:timers/promises";
import { MoongateError } from "@moongate/errors";
import {
  type Column,
  columnOf,
  type DateColumn,
  isMissing,
  type NumberColumn,
  type Table,
  titleOf,
} from "../table/table.ts";
import { type Cycle, cyclesOf } from "./cycles.ts";
import { evenRows } from "./even-rows.ts";
import { knownSorted } from "./known-sorted.ts";
import { type NumberChoice, type NumberPlan, planNumbers } from "./number-plan.ts";
import { fitOneHot, type OneHotMap } from "./one-hot.ts";
import { fitEdges } from "./piecewise-linear.ts";

/** Rows that the quantiles of a column are taken from, at most; all rows decide everything else. */
const MOST_SORTED_ROWS = 200_000;

/** The columns that a number becomes, whatever their values will be. */
export type NumberStructure =
  | { readonly type: "none" }
  | { readonly type: "ranks" }
  | { readonly type: "standard" }
  | {
      readonly type: "piecewise";
      /** Bins that are aimed at, and bins that the whole table fills. */
      readonly cuts: number;
      readonly bins: number;
      /** True if one more column has the logarithm: bins do not tell all values apart. */
      readonly log: boolean;
    };

/** The columns that a column of the table becomes, whatever their values will be. */
type Shape =
  | NumberStructure
  | { readonly type: "sign" }
  | { readonly type: "date"; readonly days: NumberStructure; readonly cycles: readonly Cycle[] }
  | ({ readonly type: "one-hot" } & OneHotMap);

export interface FeatureStructure {
  readonly name: string;
  readonly kind: Exclude<Column["kind"], "text">;
  /** True if one more column tells the rows without a value. */
  readonly missing: boolean;
  readonly shape: Shape;
}

/** The columns that a party's table becomes. They are a function of the whole table alone. */
export interface Structure {
  readonly features: readonly FeatureStructure[];
  readonly dropped: readonly { readonly name: string; readonly reason: string }[];
}

export interface StructureOptions {
  /** What becomes of numbers; default "auto". */
  readonly numbers?: NumberChoice;
  /** The user named the columns: refuse a constant one instead of dropping it. */
  readonly named?: boolean;
}

/**
 * Decides by the whole table which columns are kept, their levels, numbers of bins, cycles and
 * indicators of missing values. The number of columns is announced to the other side, and that side
 * can choose which rows are matched; so nothing that was matched may decide it.
 *
 * A column that is constant in the table is dropped, with a note in `describe()`; if the user asked
 * for it by name, or nothing else is left, it is refused.
 *
 * The event loop gets a turn after each column: sorting takes a while, and connections need their
 * signs of life.
 *
 * @throws COLUMN_CONSTANT, COLUMN_NONE_LEFT (no columns given), COLUMN_MISSING, USAGE (an id among
 *   the features).
 */
export async function structureOf(
  table: Table,
  columns: readonly string[],
  { numbers: choice = "auto", named = false }: StructureOptions = {},
): Promise<Structure> {
  const numbers = planNumbers(choice, table, columns);
  if (columns.length === 0) {
    throw new MoongateError("COLUMN_NONE_LEFT", `${titleOf(table)} has no feature column`);
  }
  const features: FeatureStructure[] = [];
  const dropped: { name: string; reason: string }[] = [];
  for (const name of columns) {
    const feature = featureStructure(columnOf(table, name), table.rows, numbers);
    await nextTurn();
    if (feature.shape.type !== "none" || feature.missing) features.push(feature);
    else if (named) {
      const cause = `column ${JSON.stringify(name)} is constant`;
      throw new MoongateError("COLUMN_CONSTANT", cause);
    } else dropped.push({ name, reason: "constant" });
  }
  if (features.length === 0) {
    const cause = `every feature column of ${titleOf(table)} is constant`;
    throw new MoongateError("COLUMN_CONSTANT", cause, { cure: "Give columns that vary." });
  }
  return { features, dropped };
}

/**
 * The structure of one column. One whose known values are all equal has the shape "none"; whether a
 * value is missing is told wherever that varies.
 *
 * @throws USAGE for a text column: ids are not features.
 */
function featureStructure(column: Column, rows: number, numbers: NumberPlan): FeatureStructure {
  const { name, kind } = column;
  if (kind === "text") {
    throw new MoongateError("USAGE", `column ${JSON.stringify(name)} is an id, not a feature`);
  }
  const all = evenRows(rows, rows);
  const empty = all.reduce((count, row) => count + (isMissing(column, row) ? 1 : 0), 0);
  return { name, kind, missing: empty > 0 && empty < rows, shape: shapeOf(column, all, numbers) };
}

function shapeOf(
  column: Exclude<Column, { readonly kind: "text" }>,
  rows: Uint32Array,
  numbers: NumberPlan,
): Shape {
  switch (column.kind) {
    case "number":
      return numberStructure(column, rows, numbers);
    case "date": {
      const days = numberStructure(column, rows, numbers);
      if (days.type === "none") return days;
      return { type: "date", days, cycles: cyclesOf(column.values, rows) };
    }
    case "boolean": {
      const both = [0, 1].every((value) => column.values.includes(value));
      return { type: both ? "sign" : "none" };
    }
    case "category": {
      const map = fitOneHot(column);
      const constant = map.levels.length + (map.other ? 1 : 0) < 2;
      return constant ? { type: "none" } : { type: "one-hot", ...map };
    }
  }
}

function numberStructure(
  { values }: NumberColumn | DateColumn,
  rows: Uint32Array,
  { encoding, bins: cuts }: NumberPlan,
): NumberStructure {
  const first = values.find((value) => !Number.isNaN(value));
  if (first === undefined || values.every((value) => Number.isNaN(value) || value === first)) {
    return { type: "none" };
  }
  if (encoding !== "piecewise") return { type: encoding };
  const sorted = knownSorted(values, evenRows(rows.length, MOST_SORTED_ROWS));
  const edges = fitEdges(sorted, cuts);
  const bins = edges.length - 1;
  if (bins < 2) return { type: "ranks" };
  const log = sorted.some((value) => !edges.includes(value));
  return { type: "piecewise", cuts, bins, log };
}
