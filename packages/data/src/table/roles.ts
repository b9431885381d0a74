import { MoongateError } from "@moongate/errors";
import { columnOf, type Table, titleOf } from "./table.ts";

/**
 * The ids in row order, as written in the file (empty ones included: alignment refuses those).
 *
 * @throws COLUMN_MISSING if the table was read without an id column.
 */
export function idsOf(table: Table): readonly string[] {
  const column = table.id === undefined ? undefined : columnOf(table, table.id);
  if (column?.kind !== "text") {
    throw new MoongateError("COLUMN_MISSING", `${titleOf(table)} was read without an id column`);
  }
  return column.values;
}

export interface FeatureChoice {
  /** Labels of the joint model. */
  readonly labels?: readonly string[] | undefined;
  /** Columns to leave out. A name the table lacks is refused: a slip here would leak a label. */
  readonly exclude?: readonly string[] | undefined;
  /** Exactly these columns, named by the user; default: every column left. */
  readonly only?: readonly string[] | undefined;
}

/**
 * The names of the feature columns: every column but the id, the labels and the excluded ones.
 *
 * @throws COLUMN_MISSING (a name in `only` or `exclude` that the table lacks), USAGE (`only` names the id, a
 *   label or an excluded column), COLUMN_NONE_LEFT.
 */
export function featureColumns(table: Table, choice: FeatureChoice = {}): string[] {
  const { labels = [], exclude = [], only } = choice;
  const barred = new Set([...labels, ...exclude, ...(table.id === undefined ? [] : [table.id])]);
  for (const name of exclude) columnOf(table, name);
  for (const name of only ?? []) {
    columnOf(table, name);
    if (barred.has(name)) {
      const cause = `column ${JSON.stringify(name)} is an id, a label or excluded: not a feature`;
      throw new MoongateError("USAGE", cause);
    }
  }
  const names = only ?? table.columns.map((column) => column.name);
  const features = [...new Set(names.filter((name) => !barred.has(name)))];
  if (features.length === 0) {
    throw new MoongateError("COLUMN_NONE_LEFT", `${titleOf(table)} has no feature column`);
  }
  return features;
}
