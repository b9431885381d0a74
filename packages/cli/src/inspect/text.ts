import { type ColumnProfile, noteText, shapesText, shortForm } from "@moongate/data";
import { fixed, integer, percent, plural } from "@moongate/text";
import { type SummaryColumn, paragraph, table } from "../summary/table.ts";
import type { Inspected } from "./inspect.ts";
import type { Match } from "./match.ts";

/** Columns that are shown one by one, at most; --all shows every one. */
const SHOWN = 60;

const HEAD: readonly SummaryColumn[] = [
  { title: "column", wrap: 28 },
  { title: "read as" },
  { title: "missing", align: "right" },
  { title: "values", wrap: 44 },
  { title: "becomes", wrap: 30 },
];

/** What was found in one file, for a terminal. */
export function inspectedText(inspected: Inspected, all: boolean): string {
  const { findings, suspects } = inspected;
  const { columns, rows } = findings;
  const shown = all ? columns : columns.slice(0, SHOWN);
  const hidden = columns.length - shown.length;
  const looks = findings.notes.map(
    (note) => `${note.weight === "look" ? "!" : "-"} ${noteText(note)}`,
  );
  return [
    `${findings.file}: ${plural(rows, "row")}, ${formatText(inspected)}`,
    paragraph(`${shortForm(findings)}.`),
    "",
    table(
      HEAD,
      shown.map((column) => columnRow(column, rows)),
    ),
    ...(hidden > 0 ? [`  ... and ${hidden} more columns (--all shows them).`] : []),
    ...section("Ids", idLines(inspected)),
    ...section("Labels", inspected.labels.map(labelLine)),
    ...section("Looks like a consequence of the label", suspects.map(suspectLine)),
    ...section("What was seen (! = have a look)", looks),
    "",
  ].join("\n");
}

/** How two files' ids match, for a terminal. */
export function matchText({ rule, matched, better, files }: Match): string {
  const shares = files.map(
    ({ file, rows, shapes }) =>
      `${percent(matched / Math.max(1, rows))} of ${file} (its ids look like ${shapes})`,
  );
  return [
    "Both files",
    paragraph(`${plural(matched, "id")} in common by the rule "${rule}": ${shares.join("; ")}.`),
    ...(better === undefined
      ? []
      : [
          paragraph(
            `By the rule "${better.rule}" ${integer(better.matched)} would match: use --id-rule ${better.rule}.`,
          ),
        ]),
    "",
  ].join("\n");
}

function formatText({ findings: { format } }: Inspected): string {
  if (format.type === "parquet") return "Parquet";
  const separators: Readonly<Record<string, string>> = {
    ",": "comma",
    ";": "semicolon",
    "\t": "tab",
  };
  const separator = separators[format.separator] ?? format.separator;
  return `CSV${format.gzip ? " (gzip)" : ""}, ${separator}, ${format.encoding.toUpperCase()}`;
}

function columnRow(column: ColumnProfile, rows: number): string[] {
  const { name, type, missing, misfits, becomes = "" } = column;
  const gone = missing + misfits.count;
  return [
    name === "" ? "(no name)" : name,
    type,
    gone === 0 ? "" : percent(gone / Math.max(1, rows)),
    valuesText(column, rows),
    becomes,
  ];
}

function valuesText({ type, range, levels, distinct }: ColumnProfile, rows: number): string {
  if (levels !== undefined) {
    const named = levels
      .slice(0, 3)
      .map(({ level, count }) => `${level} (${percent(count / Math.max(1, rows))})`);
    return `${plural(distinct, "level")}: ${named.join(", ")}${distinct > 3 ? ", ..." : ""}`;
  }
  if (range === undefined) return "";
  if (type === "date") return `${day(range.low)} to ${day(range.high)}`;
  if (type === "boolean") return "true and false";
  return `${short(range.low)} to ${short(range.high)}${range.integers ? ", whole" : ""}`;
}

const day = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
const short = (value: number): string => String(Number(value.toPrecision(6)));

function idLines({ findings, ids }: Inspected): string[] {
  if (ids === null || findings.ids === undefined) {
    return ["Name the id column with --id to see what the ids look like."];
  }
  const { empty, repeated } = ids;
  const faults = [
    ...(empty > 0 ? [`${plural(empty, "row has", "rows have")} no id`] : []),
    ...(repeated > 0 ? [`${plural(repeated, "row repeats", "rows repeat")} an earlier id`] : []),
  ];
  return [
    `${findings.ids.column}: they look like ${shapesText(findings.ids, findings.rows)}.`,
    ...(faults.length === 0
      ? ["Every row has an id of its own."]
      : [`${faults.join(" and ")}: a session refuses that.`]),
  ];
}

function labelLine({ name, positives, negatives, missing }: Inspected["labels"][number]): string {
  const known = positives + negatives;
  const without = missing === 0 ? "" : `; ${plural(missing, "row has", "rows have")} none`;
  return `${name}: ${percent(positives / Math.max(1, known))} positive (${integer(positives)} of ${integer(known)})${without}.`;
}

function suspectLine({ column, label, auc }: Inspected["suspects"][number]): string {
  return `${column} alone predicts ${label} with an AUC of ${fixed(auc, 3)}: is it known only afterwards?`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ["", title, ...lines.map(paragraph)];
}
