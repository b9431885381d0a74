import {
  columnOf,
  idsOf,
  NO_LABEL,
  type Note,
  type ReadLabel,
  readLabel,
  readTable,
  type ReadTable,
  tableOfRows,
} from "@moongate/data";
import { at, MoongateError } from "@moongate/errors";
import type { DataConfig } from "@moongate/federation";
import { rowsByHash } from "./choose-rows.ts";

/** A party's table with the rows that it uses, and its label columns. */
export interface UsedTable {
  readonly table: ReadTable;
  readonly labels: readonly ReadLabel[];
}

/** How a configuration says that a file is to be read. */
type Reading = Pick<
  DataConfig,
  "encoding" | "separator" | "decimal" | "dates" | "missing" | "strict" | "types"
>;

/** The reader's settings in a configuration. */
export function readingOf(config: Reading): Reading {
  const { encoding, separator, decimal, dates, missing, strict, types } = config;
  return { encoding, separator, decimal, dates, missing, strict, types };
}

/**
 * Reads a party's table. Columns that are neither features nor labels cannot refuse it. Rows without
 * a label are refused, or left out where the configuration says so; then `rows` are chosen by the
 * hashes of their ids.
 *
 * @param labels all label columns that are used: the joint ones and those of the local model.
 * @throws MoongateError what readTable and readLabel throw.
 */
export async function readOwnTable(
  config: DataConfig,
  labels: readonly string[],
): Promise<UsedTable> {
  const only = config.columns === undefined ? undefined : new Set(config.columns);
  const excluded = new Set(config.exclude);
  const labelled = new Set(labels);
  const used = (name: string): boolean =>
    name === config.id ||
    labelled.has(name) ||
    (!excluded.has(name) && (only === undefined || only.has(name)));
  const whole = await readTable(config.file, { ...readingOf(config), id: config.id, used });
  for (const name of config.objective ?? []) columnOf(whole, name);
  const read = labels.map((name) =>
    readLabel(whole, name, { positive: positiveFor(config.positive, name) }),
  );
  const labelledRows = withLabels(whole, read, config.missingLabel ?? "refuse");
  const kept = chosenRows(whole, labelledRows, config);
  const notes = [
    ...whole.findings.notes,
    ...read.flatMap(({ name, rule }): Note[] =>
      rule === undefined
        ? []
        : [{ code: "LABEL_RULE", weight: "told", column: name, sentence: rule }],
    ),
    ...droppedNotes(whole.rows, labelledRows, kept, config.rows),
  ];
  const findings = { ...whole.findings, notes };
  if (kept === undefined) return { table: { ...whole, findings }, labels: read };
  return {
    table: { ...tableOfRows(whole, kept), findings },
    labels: read.map((label) => ({
      ...label,
      missing: 0,
      values: Uint8Array.from(kept, (row) => at(label.values, row)),
    })),
  };
}

function positiveFor(positive: DataConfig["positive"], name: string): string | undefined {
  return typeof positive === "object" ? positive[name] : positive;
}

/** Row numbers of the rows with all labels; undefined where that is every row. */
function withLabels(
  table: ReadTable,
  labels: readonly ReadLabel[],
  missing: "refuse" | "drop",
): Uint32Array | undefined {
  const lacking = labels.find((label) => label.missing > 0);
  if (lacking === undefined) return undefined;
  if (missing === "refuse") {
    const first = lacking.values.indexOf(NO_LABEL) + 1;
    const more = lacking.missing === 1 ? "" : `, and ${lacking.missing - 1} more`;
    throw new MoongateError(
      "LABEL_NOT_BINARY",
      `label ${JSON.stringify(lacking.name)} has no value in row ${first}${more}`,
      {
        cure: 'Fill in those rows, or leave them out: missingLabel = "drop" (--missing-label drop).',
      },
    );
  }
  const rows = Uint32Array.from({ length: table.rows }, (_, row) => row);
  const kept = rows.filter((row) => labels.every(({ values }) => values[row] !== NO_LABEL));
  if (kept.length > 0) return kept;
  throw new MoongateError("LABEL_NOT_BINARY", `no row of ${table.path ?? "the table"} has a label`);
}

function chosenRows(
  table: ReadTable,
  labelled: Uint32Array | undefined,
  { rows, idRule }: DataConfig,
): Uint32Array | undefined {
  if (rows === undefined) return labelled;
  const ids = idsOf(table);
  const from = labelled ?? Uint32Array.from(ids.keys());
  if (rows >= from.length) return labelled;
  const chosen = rowsByHash(
    Array.from(from, (row) => at(ids, row)),
    rows,
    idRule,
  );
  return chosen.map((index) => at(from, index));
}

function droppedNotes(
  all: number,
  labelled: Uint32Array | undefined,
  kept: Uint32Array | undefined,
  rows: number | undefined,
): Note[] {
  const notes: Note[] = [];
  const left = all - (labelled?.length ?? all);
  if (left > 0) {
    notes.push({
      ...{ code: "LABELS_MISSING", weight: "told", count: left },
      sentence: `${left} of ${all} rows have no label and are left out.`,
    });
  }
  if (rows !== undefined && kept !== undefined && kept !== labelled) {
    notes.push({
      ...{ code: "ROWS_TAKEN", weight: "told", count: kept.length },
      sentence: `${kept.length} of ${labelled?.length ?? all} rows are used: those whose ids have the smallest hashes, which the other side keeps as well.`,
    });
  }
  return notes;
}
