import { readTable } from "../reading/read-table.ts";
import { idsOf } from "../table/roles.ts";
import { columnOf } from "../table/table.ts";
import { type EncodedFeatures, parsePreparation } from "./preparation.ts";

/** Where rows are: the file, its id column, and how many of its first rows (all by default). */
export interface TableChoice {
  readonly file: string;
  readonly id: string;
  readonly rows?: number | undefined;
}

/** New rows as a saved preparation encodes them. */
export interface PreparedTable {
  /** One id a row, as written in the file. */
  readonly ids: readonly string[];
  /** The names of the encoded columns. */
  readonly columns: readonly string[];
  readonly encode: (rows: Uint32Array) => EncodedFeatures;
}

/**
 * Reads a table that is to be encoded exactly as the table of a training was: columns have the
 * kinds they had then, a category never seen counts as "other", and columns the preparation does
 * not know are left alone (labels may be among them, or not).
 * @param document what `Preparation.toJSON` gave.
 * @throws PREPARATION_INVALID; COLUMN_MISSING for a column that training had; what readTable throws.
 */
export async function readPrepared(document: unknown, choice: TableChoice): Promise<PreparedTable> {
  const preparation = parsePreparation(document);
  const { kinds } = preparation;
  const table = await readTable(choice.file, { id: choice.id, kinds });
  for (const name of Object.keys(kinds)) columnOf(table, name);
  return {
    ids: idsOf(table).slice(0, choice.rows),
    columns: preparation.names,
    encode: preparation.encoder(table),
  };
}
