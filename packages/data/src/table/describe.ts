import { at } from "@moongate/errors";
import { type Column, type ColumnKind, isMissing, MISSING, type Table } from "./table.ts";

/** What was inferred about one column, for its owner's eyes. */
export interface ColumnDescription {
  readonly name: string;
  readonly kind: ColumnKind;
  /** Rows without a value. */
  readonly missing: number;
  /** The values in words, such as "0 to 27, integers" or "3 levels: Returning_Visitor (86%), ...". */
  readonly summary: string;
}

/** What the reader made of each column, in the order of the file. */
export function describe(table: Table): ColumnDescription[] {
  return table.columns.map((column) => {
    let missing = 0;
    for (let row = 0; row < table.rows; row++) if (isMissing(column, row)) missing += 1;
    const summary = missing === table.rows ? "no values" : summarise(column);
    return { name: column.name, kind: column.kind, missing, summary };
  });
}

function summarise(column: Column): string {
  switch (column.kind) {
    case "number":
      return summariseNumbers(column.values);
    case "boolean": {
      const known = column.values.filter((value) => value !== MISSING);
      return `${percent(known.filter((value) => value === 1).length, known.length)} true`;
    }
    case "date":
      return summariseDates(column.values);
    case "category":
      return summariseLevels(column.codes, column.levels);
    case "text":
      return "ids";
  }
}

function summariseNumbers(values: Float64Array): string {
  let [low, high, integers] = [Infinity, -Infinity, true];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
    integers &&= Number.isInteger(value);
  }
  if (low === high) return `always ${low}`;
  return `${low} to ${high}${integers ? ", integers" : ""}`;
}

function summariseDates(values: Float64Array): string {
  const known = values.filter((value) => !Number.isNaN(value));
  const day = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
  const low = known.reduce((least, value) => Math.min(least, value), Infinity);
  const high = known.reduce((most, value) => Math.max(most, value), -Infinity);
  return `${day(low)} to ${day(high)}`;
}

function summariseLevels(codes: Int32Array, levels: readonly string[]): string {
  const counts = new Array<number>(levels.length).fill(0);
  let known = 0;
  for (const code of codes) {
    if (code === MISSING) continue;
    counts[code] = at(counts, code) + 1;
    known += 1;
  }
  const shown = levels
    .map((level, code) => ({ level, count: at(counts, code) }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 3)
    .map(({ level, count }) => `${level} (${percent(count, known)})`)
    .join(", ");
  const plural = levels.length === 1 ? "level" : "levels";
  return `${levels.length} ${plural}: ${shown}${levels.length > 3 ? ", ..." : ""}`;
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)}%`;
}
