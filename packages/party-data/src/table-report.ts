import {
  type ColumnProfile,
  shapesText,
  printedNotes,
  shortForm,
  type TableFindings,
} from "@moongate/data";
import type { OwnReport } from "@moongate/federation";

/** The share of matched rows; fewer than that are questioned. */
const FEW_MATCHED = 0.5;

/** What a party does with the columns of its table. */
export interface Roles {
  readonly id: string;
  readonly features: ReadonlySet<string>;
  readonly labels: readonly string[];
  /** Labels of the local model. */
  readonly objective: readonly string[];
}

/** What a party is told of its own table before a session: printed, and kept beside its run. */
export function tableReport(findings: TableFindings, roles: Roles): OwnReport {
  const columns = findings.columns.map((column) => ({ ...column, becomes: fateOf(column, roles) }));
  return {
    lines: [shortForm(findings), ...printedNotes(findings.notes)],
    document: { ...findings, columns },
    doubt: (matched) => matchDoubt(findings, matched),
  };
}

/** What a party is told of new rows before they are scored. */
export function predictionReport(findings: TableFindings, id: string): OwnReport {
  const used = new Set(findings.columns.map(({ name }) => name));
  const report = tableReport(findings, { id, features: used, labels: [], objective: [] });
  return { ...report, document: findings, lines: printedNotes(findings.notes) };
}

function fateOf(
  { name, type, distinct, missing, misfits, why }: ColumnProfile,
  roles: Roles,
): string {
  if (type === "left out") return `left out: ${why}`;
  if (name === roles.id) return "id";
  if (roles.labels.includes(name)) return "label";
  if (roles.objective.includes(name)) return "label of the local model";
  if (!roles.features.has(name)) return "left out: excluded by the configuration";
  if (distinct === 0) return "left out: it has no values";
  if (distinct > 1) return "feature";
  return missing + misfits.count === 0
    ? "left out: it has one value in all rows"
    : "feature: only whether it has a value";
}

/** A question to a party about its own ids where few of its rows were matched. */
function matchDoubt({ ids, rows }: TableFindings, matched: number): string | undefined {
  if (ids === undefined || matched >= FEW_MATCHED * rows) return undefined;
  const share = Math.round((100 * matched) / rows);
  return `${matched} of ${rows} own rows were matched (${share}%). The ids here look like ${shapesText(ids, rows)}: does the other side write them the same way? An id rule (idRule in commerce's plan) makes them alike.`;
}
