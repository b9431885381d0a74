import { arrangeRows, DEFAULT_FRACTIONS, normaliseIds } from "@moongate/alignment";
import { utf8 } from "@moongate/crypto";
import { generatePopulation } from "@moongate/data/population";
import { at } from "@moongate/errors";
import type { Side } from "@moongate/mpc";

/** The business centres whose conversions can be learned. */
export const LEARNED_CONVERSIONS = ["store_order", "live_order", "content_visit"] as const;

type Table = ReturnType<typeof generatePopulation>["media"];

/** A party's own table: what its worker holds. */
export interface PartyTable {
  readonly ids: readonly string[];
  readonly columns: readonly string[];
  /** The values of each column, by row. */
  readonly values: readonly ArrayLike<number>[];
  readonly labels: Uint8Array | undefined;
}

/** Numbers and yes/no columns of one side's synthetic table; only commerce's has labels. */
export function partyTable(
  side: Side,
  seed: string,
  users: number,
  label: (typeof LEARNED_CONVERSIONS)[number],
): PartyTable {
  const table = generatePopulation({ seed, users })[side];
  const features = table.columns.filter(
    (column) =>
      (column.kind === "number" || column.kind === "boolean") &&
      !NOT_FEATURES.includes(column.name),
  );
  return {
    ids: normaliseIds(idsOf(table), "exact"),
    columns: features.map(({ name }) => name),
    values: features.map((column) => ("values" in column ? (column.values as Float64Array) : [])),
    labels: side === "commerce" ? Uint8Array.from(numbersOf(table, label)) : undefined,
  };
}

/** What a card shows of a party's own table. */
export interface TableGlance {
  readonly rows: number;
  readonly columns: readonly string[];
  /** The values of the first row, by column. */
  readonly first: readonly number[];
  /** Conversions among the rows; undefined where the party has no labels. */
  readonly buyers: number | undefined;
}

/** A glance at a table. */
export const glance = ({ ids, columns, values, labels }: PartyTable): TableGlance => ({
  rows: ids.length,
  columns,
  first: values.map((column) => at(column, 0)),
  buyers: labels?.reduce((sum, label) => sum + label, 0),
});

const NOT_FEATURES: readonly string[] = [...LEARNED_CONVERSIONS, "ad_click", "repeat_purchase"];

function idsOf(table: Table): readonly string[] {
  const column = table.columns.find(({ name }) => name === table.id);
  if (column?.kind !== "text") throw new Error("the synthetic table has no ids");
  return column.values;
}

function numbersOf(table: Table, name: string): Float64Array {
  const column = table.columns.find((each) => each.name === name);
  if (column?.kind !== "number") throw new Error(`the synthetic table has no numbers ${name}`);
  return column.values;
}

/** The use of each row, and the rows in their common order: training, validation, test. */
export const arranged = (ids: readonly string[], seed: string, rows?: Uint32Array) =>
  arrangeRows(ids, utf8(seed), DEFAULT_FRACTIONS, rows);

/** Farthest a standardised value may be out: the ring holds values below 8. */
const BOUND = 6;

/**
 * Features of the given rows, row-major, standardised by mean and deviation of the training rows,
 * which come first. Nothing of the other rows enters.
 */
export function standardised(
  { values }: PartyTable,
  order: Uint32Array,
  trainRows: number,
): Float64Array {
  const out = new Float64Array(order.length * values.length);
  values.forEach((column, c) => {
    const taken = Float64Array.from(order, (row) => known(column[row]));
    const training = taken.subarray(0, trainRows);
    const mean = training.reduce((sum, value) => sum + value, 0) / trainRows;
    const variance = training.reduce((sum, value) => sum + (value - mean) ** 2, 0) / trainRows;
    const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
    taken.forEach((value, row) => {
      const z = (value - mean) * scale;
      out[row * values.length + c] = Math.max(-BOUND, Math.min(BOUND, z));
    });
  });
  return out;
}

/** A missing value counts as 0. */
const known = (value: number | undefined): number =>
  value === undefined || Number.isNaN(value) ? 0 : value;
