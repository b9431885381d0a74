import { MoongateError } from "@moongate/errors";
import { didYouMean } from "../table/did-you-mean.ts";
import type { ColumnKind, Table } from "../table/table.ts";
import { ColumnBuilder } from "./column-builder.ts";
import { readRecords } from "./records.ts";

export interface ReadOptions {
  /** The id column: kept as text, exactly as written. */
  readonly id?: string;
  /** Kinds that are not to be inferred, by column name (for tables to be scored by a model). */
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
}

/**
 * Reads a CSV file with a header line into columns, streaming.
 *
 * Inference: a column whose every value is a decimal number is a number, one of TRUE/FALSE (or
 * true/false, True/False) is a boolean, anything else a category; an empty field is a missing
 * value. Ids are text. One pass suffices unless a column begins like a number and turns out not to
 * be one: then there is a second.
 *
 * @throws FILE_MISSING, CSV_EMPTY, CSV_MALFORMED, CSV_RAGGED_ROW, CSV_DUPLICATE_COLUMN,
 *   COLUMN_MISSING (the id), COLUMN_NOT_FINITE, COLUMN_KIND_CHANGED (against `kinds`).
 *   Each names the line where it can.
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  const kinds = new Map(Object.entries(options.kinds ?? {}));
  if (options.id !== undefined) kinds.set(options.id, "text");

  let scan = await scanFile(path, kinds, options.id);
  const contradicted = scan.names.filter((_, column) => scan.builders[column]?.contradicted);
  if (contradicted.length > 0) {
    for (const name of contradicted) kinds.set(name, "category");
    scan = await scanFile(path, kinds, options.id);
  }
  return {
    path,
    ...(options.id === undefined ? {} : { id: options.id }),
    rows: scan.rows,
    columns: scan.builders.map((builder) => builder.finish()),
  };
}

interface Scan {
  readonly names: readonly string[];
  readonly builders: readonly ColumnBuilder[];
  readonly rows: number;
}

async function scanFile(
  path: string,
  kinds: ReadonlyMap<string, ColumnKind>,
  id: string | undefined,
): Promise<Scan> {
  let names: readonly string[] | undefined;
  let builders: readonly ColumnBuilder[] = [];
  let rows = 0;
  await readRecords(path, (fields, line) => {
    if (names === undefined) {
      names = checkHeader(path, fields, id);
      builders = names.map((name) => new ColumnBuilder(name, kinds.get(name)));
      return;
    }
    if (fields.length !== names.length) {
      const cause = `${path}, line ${line}: ${fields.length} fields where the header has ${names.length}`;
      throw new MoongateError("CSV_RAGGED_ROW", cause, { details: { line } });
    }
    for (let column = 0; column < builders.length; column++) {
      builders[column]?.push(fields[column] ?? "", line);
    }
    rows += 1;
  });
  if (names === undefined) throw new MoongateError("CSV_EMPTY", `${path} is empty`);
  if (rows === 0) throw new MoongateError("CSV_EMPTY", `${path} has a header but no rows`);
  return { names, builders, rows };
}

function checkHeader(path: string, fields: readonly string[], id: string | undefined): string[] {
  const names = fields.map((field) => field.trim());
  const [first = ""] = names;
  const separator = /[;\t|]/.exec(first)?.[0];
  if (names.length === 1 && separator !== undefined) {
    const cause = `${path} puts ${JSON.stringify(separator)} between fields`;
    throw new MoongateError("CSV_MALFORMED", cause, { cure: "Save the file with commas." });
  }
  const unnamed = names.indexOf("");
  if (unnamed !== -1) {
    const cause = `${path}: column ${unnamed + 1} has no name`;
    const cure = "Give every column a name, or drop it.";
    throw new MoongateError("CSV_MALFORMED", cause, { cure });
  }
  const twice = names.find((name, column) => names.indexOf(name) !== column);
  if (twice !== undefined) {
    const cause = `${path} has two columns named ${JSON.stringify(twice)}`;
    throw new MoongateError("CSV_DUPLICATE_COLUMN", cause);
  }
  if (id !== undefined && !names.includes(id)) {
    const cause = `${path} has no id column ${JSON.stringify(id)}`;
    throw new MoongateError("COLUMN_MISSING", cause, { cure: didYouMean(id, names) });
  }
  return names;
}
