import type { TableFindings } from "../findings/findings.ts";
import { readTable } from "../reading/read-table.ts";
import type { ReadSettings } from "../reading/settings.ts";
import { idsOf } from "../table/roles.ts";
import { tableOfRows } from "../table/take-rows.ts";
import { columnOf } from "../table/table.ts";
import { driftNotes, driftOf } from "./drift.ts";
import { type EncodedFeatures, parsePreparation } from "./preparation.ts";

/** A table to read: the file, how it is read, its id column. */
export interface TableChoice extends ReadSettings {
  readonly file: string;
  readonly id: string;
  /** Chooses the rows that are used, by their ids; all by default. */
  readonly choose?: (ids: readonly string[]) => Uint32Array;
}

/** New rows as a saved preparation encodes them. */
export interface PreparedTable {
  /** One id a row, as written in the file. */
  readonly ids: readonly string[];
  /** The names of the encoded columns. */
  readonly columns: readonly string[];
  /** What was seen in the file, and how its rows differ from those of training. */
  readonly findings: TableFindings;
  readonly encode: (rows: Uint32Array) => EncodedFeatures;
}

/**
 * Reads a table that is to be encoded exactly as the table of a training was: columns have the
 * kinds they had then, a category never seen counts as "other", and columns the preparation does
 * not know are left alone, whatever is in them (labels may be among them, or not).
 * @param document what `Preparation.toJSON` gave.
 * @throws PREPARATION_INVALID; COLUMN_MISSING for a column that training had; what readTable throws.
 */
export async function readPrepared(document: unknown, choice: TableChoice): Promise<PreparedTable> {
  const preparation = parsePreparation(document);
  const { kinds } = preparation;
  const { file, id, choose, ...settings } = choice;
  const known = new Set([id, ...Object.keys(kinds)]);
  const read = await readTable(file, { ...settings, id, kinds, used: (name) => known.has(name) });
  for (const name of Object.keys(kinds)) columnOf(read, name);
  const table = choose === undefined ? read : tableOfRows(read, choose(idsOf(read)));
  const drift = driftNotes(driftOf(preparation.toJSON().features, table));
  // a constant column of new rows, or one without values, is told by the drift where it matters
  const notes = read.findings.notes.filter(({ code }) => !TOLD_BY_DRIFT.has(code));
  return {
    ids: idsOf(table),
    columns: preparation.names,
    findings: { ...read.findings, notes: [...notes, ...drift] },
    encode: preparation.encoder(table),
  };
}

const TOLD_BY_DRIFT: ReadonlySet<string> = new Set([
  "COLUMN_CONSTANT",
  "COLUMN_WITHOUT_VALUES",
  "LEVELS_ALL_RARE",
]);
