import {
  type ColumnProfile,
  NO_LABEL,
  readLabel,
  type ReadSettings,
  readTable,
  type TableFindings,
} from "@moongate/data";
import { MoongateError } from "@moongate/errors";
import type { SuspectColumn } from "@moongate/federation";
import { suspectColumns, tableReport } from "@moongate/party-data";

export interface InspectChoice extends ReadSettings {
  /** The id column; without it ids are not looked at. */
  readonly id?: string | undefined;
  /** Label columns: their balance is shown, and columns that give them away. */
  readonly labels: readonly string[];
  /** Columns that a session would be told to leave out. */
  readonly exclude: readonly string[];
  /** The value of labels that counts as positive. */
  readonly positive?: string | undefined;
}

/** What there is to say of one file: plain data, as `--json` prints it. */
export interface Inspected {
  readonly findings: TableFindings & { readonly columns: readonly ColumnProfile[] };
  /** Rows whose id is empty, and rows whose id stands in an earlier row; null without an id column. */
  readonly ids: { readonly empty: number; readonly repeated: number } | null;
  readonly labels: readonly LabelBalance[];
  /** Columns that alone nearly decide a label. */
  readonly suspects: readonly SuspectColumn[];
}

export interface LabelBalance {
  readonly name: string;
  readonly positives: number;
  readonly negatives: number;
  readonly missing: number;
  /** How its values were understood, where that is not plain. */
  readonly rule?: string | undefined;
}

/** A file as it was inspected, with its ids as written, for comparing them with another file's. */
export interface InspectedFile {
  readonly report: Inspected;
  readonly ids: readonly string[];
}

/**
 * Reads a file as a session would and says what it found. Labels are looked for where the file has
 * them, so that two files can be inspected with one set of options.
 * @throws MoongateError what readTable throws; LABEL_NOT_BINARY
 */
export async function inspectFile(path: string, choice: InspectChoice): Promise<InspectedFile> {
  const { id, labels, exclude, positive, ...settings } = choice;
  const table = await readTable(path, { ...settings, id });
  const names = new Set(table.columns.map(({ name }) => name));
  const own = labels.filter((name) => names.has(name));
  const read = own.map((name) => readLabel(table, name, { positive }));
  const features = new Set(
    [...names].filter((name) => name !== id && !own.includes(name) && !exclude.includes(name)),
  );
  const roles = { id: id ?? "", features, labels: own, objective: [] };
  const notes = [
    ...table.findings.notes,
    ...read.flatMap(({ name, rule }) =>
      rule === undefined
        ? []
        : [{ code: "LABEL_RULE", weight: "told", column: name, sentence: rule } as const],
    ),
  ];
  const findings = { ...table.findings, notes };
  const idColumn = table.columns.find(({ name }) => name === id);
  const ids = idColumn?.kind === "text" ? idColumn.values : [];
  const known = read.filter(({ missing }) => missing === 0);
  return {
    report: {
      findings: tableReport(findings, roles).document as Inspected["findings"],
      ids: id === undefined ? null : countIds(ids),
      labels: read.map(({ name, values, missing, rule }) => ({
        ...{ name, missing, rule },
        positives: values.filter((value) => value === 1).length,
        negatives: values.filter((value) => value !== 1 && value !== NO_LABEL).length,
      })),
      suspects: suspectColumns(
        table.columns.filter(({ name }) => features.has(name)),
        known,
        table.rows,
      ),
    },
    ids,
  };
}

/** @throws MoongateError LABEL_MISSING where no file has a label that was asked for. */
export function requireLabels(
  labels: readonly string[],
  files: readonly { readonly report: Inspected }[],
): void {
  for (const label of labels) {
    if (files.some(({ report }) => report.labels.some(({ name }) => name === label))) continue;
    const names = files.flatMap(({ report }) => report.findings.columns.map(({ name }) => name));
    throw new MoongateError("LABEL_MISSING", `no file has a column ${JSON.stringify(label)}`, {
      cure: `The columns are ${names.slice(0, 20).join(", ")}${names.length > 20 ? ", ..." : ""}.`,
    });
  }
}

function countIds(ids: readonly string[]): { readonly empty: number; readonly repeated: number } {
  const seen = new Set<string>();
  let [empty, repeated] = [0, 0];
  for (const id of ids) {
    if (id.trim() === "") empty += 1;
    else if (seen.has(id)) repeated += 1;
    else seen.add(id);
  }
  return { empty, repeated };
}
