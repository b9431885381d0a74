import { kindOfFile } from "../bytes/open-file.ts";
import { knownEncoding } from "../bytes/encoding.ts";
import { MissingMarks } from "../cells/missing-marks.ts";
import { type FinishedColumn, finishColumn } from "../columns/finish-column.ts";
import { type CollectedTable, collectCsv } from "../csv/collect-csv.ts";
import type { ColumnProfile, Note, TableFindings } from "../findings/findings.ts";
import { idNotes, profileIds } from "../findings/id-profile.ts";
import { constancyNotes, fileNotes } from "../findings/table-notes.ts";
import type { Column, ColumnKind, Table } from "../table/table.ts";
import type { ScanOptions } from "./gather.ts";
import type { ReadSettings } from "./settings.ts";

export interface ReadOptions extends ReadSettings {
  /** The id column: kept as text, exactly as written. */
  readonly id?: string | undefined;
  /** Kinds that columns had in training, by name (for tables to be scored by a model). */
  readonly kinds?: Readonly<Record<string, ColumnKind>>;
  /**
   * True if the column of that name is used; by default every column is. Only a column that is
   * used can refuse the file.
   */
  readonly used?: (name: string) => boolean;
}

/** A table as it was read, and what was seen meanwhile. */
export interface ReadTable extends Table {
  readonly findings: TableFindings;
}

/**
 * Reads a table from a CSV file (gzip or not) or a Parquet file, into columns. What a file is shows
 * in its first bytes; how it is written (encoding, separator, line ends) in its beginning; what a
 * column is in all of its values together, by the rule of `decide`. What was seen is in `findings`.
 *
 * @throws FILE_MISSING, TABLE_NOT_TEXT, TABLE_DAMAGED, TEXT_ENCODING; CSV_EMPTY, CSV_MALFORMED,
 *   CSV_RAGGED_ROW, CSV_DUPLICATE_COLUMN; COLUMN_MISSING (the id); of columns that are used
 *   COLUMN_NOT_FINITE, COLUMN_AMBIGUOUS, COLUMN_NOT_CLEAN (`strict`), COLUMN_KIND_CHANGED (against
 *   `kinds`); USAGE (an unknown encoding). Each names the line where it can.
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<ReadTable> {
  const { id, used = () => true } = options;
  const { encoding } = options;
  const settings: ReadSettings =
    encoding === undefined ? options : { ...options, encoding: knownEncoding(encoding) };
  const chosen = new Map(Object.entries(options.types ?? {}));
  const trained = new Map(Object.entries(options.kinds ?? {}));
  const kindOf = (name: string): ColumnKind | undefined =>
    name === id ? "text" : (chosen.get(name) ?? trained.get(name));
  const kind = await kindOfFile(path);
  const scanned: ScanOptions = { path, kind, id, settings, used };
  const marks = new MissingMarks(settings.missing);
  const collected =
    kind === "parquet"
      ? await (await import("../parquet/collect-parquet.ts")).collectParquet(scanned, marks, kindOf)
      : await collectCsv(scanned, marks, kindOf);

  const columns: Column[] = [];
  const profiles: ColumnProfile[] = [];
  const notes: Note[] = [];
  for (const [index, name] of collected.header.names.entries()) {
    const position = index + 1;
    const found = collected.columns[index];
    if (found === undefined || found.as === "unsettled") {
      profiles.push(leftOut(name, position));
      continue;
    }
    const finished: FinishedColumn = finishColumn(found, {
      ...{ name, file: path, settings, lineOf: collected.lineOf, unit: collected.unit },
      ...{ chosen: chosen.get(name), trained: trained.get(name) },
      strict: settings.strict === true,
    });
    const { column, profile, problem } = finished;
    if (used(name)) {
      if (problem !== undefined) throw problem;
      notes.push(...finished.notes, ...constancyNotes(profile, collected.rows));
    }
    columns.push(column);
    profiles.push({ ...profile, position });
  }
  const findings = findingsOf(path, collected, profiles, notes, columns, id);
  return { path, id, rows: collected.rows, columns, findings };
}

function findingsOf(
  path: string,
  collected: CollectedTable,
  columns: readonly ColumnProfile[],
  notes: readonly Note[],
  values: readonly Column[],
  id: string | undefined,
): TableFindings {
  const { rows, format } = collected;
  const idColumn = values.find(({ name }) => name === id);
  const ids = idColumn?.kind === "text" ? profileIds(idColumn) : undefined;
  return {
    ...{ file: path, rows, format, columns },
    ids,
    notes: [
      ...fileNotes(collected, columns),
      ...(ids === undefined ? [] : idNotes(ids, rows)),
      ...notes,
    ],
  };
}

const leftOut = (name: string, position: number): ColumnProfile => ({
  ...{
    name,
    position,
    type: "left out",
    why: "it has no name: an index that a program wrote along",
  },
  ...{ missing: 0, misfits: { count: 0, lines: [] }, distinct: 0 },
});
