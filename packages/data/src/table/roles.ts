import { MoongateError } from "@moongate/errors";
import { didYouMean } from "./did-you-mean.ts";
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

/**
 * The labels of a column of 0/1 or TRUE/FALSE, in row order.
 *
 * @throws LABEL_MISSING (no such column), LABEL_NOT_BINARY (another value, or none; the row
 *   counts from 1 below the header).
 */
export function binaryLabel(table: Table, name: string): Uint8Array {
  const names = table.columns.map((column) => column.name);
  const column = table.columns.find((one) => one.name === name);
  const title = JSON.stringify(name);
  if (column === undefined) {
    const cause = `${titleOf(table)} has no label column ${title}`;
    throw new MoongateError("LABEL_MISSING", cause, { cure: didYouMean(name, names) });
  }
  if (column.kind !== "number" && column.kind !== "boolean") {
    throw new MoongateError("LABEL_NOT_BINARY", `label ${title} holds text`);
  }
  const labels = new Uint8Array(table.rows);
  for (let row = 0; row < table.rows; row++) {
    const value = column.values[row];
    if (value !== 0 && value !== 1) {
      const missing = column.kind === "boolean" || Number.isNaN(value);
      const what = missing ? "no value" : "a value beside 0 and 1";
      const cure = missing ? "Fill in or remove the rows without a label." : undefined;
      throw new MoongateError(
        "LABEL_NOT_BINARY",
        `label ${title} has ${what} in row ${row + 1}`,
        cure === undefined ? {} : { cure },
      );
    }
    labels[row] = value;
  }
  return labels;
}

export interface FeatureChoice {
  /** Labels of the joint model. */
  readonly labels?: readonly string[];
  /** Columns to leave out. A name the table lacks is refused: a slip here would leak a label. */
  readonly exclude?: readonly string[];
  /** Exactly these columns, named by the user; default: every column left. */
  readonly only?: readonly string[];
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
