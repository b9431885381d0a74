import type { ColumnProfile, Note, NoteCode, TableFindings } from "./findings.ts";

const PLURALS: readonly (readonly [type: ColumnProfile["type"], one: string, many: string])[] = [
  ["number", "number", "numbers"],
  ["category", "category", "categories"],
  ["boolean", "truth value", "truth values"],
  ["date", "date", "dates"],
];

/**
 * A table in one line: "49 columns: 31 numbers, 12 categories, 2 dates, 1 constant left out; 3
 * things to look at".
 */
export function shortForm({ columns, notes }: TableFindings): string {
  const described = columns.filter(({ type }) => type !== "text" && type !== "left out");
  const constants = described.filter(tellsNothing);
  const unnamed = columns.filter(({ type }) => type === "left out").length;
  const parts = PLURALS.flatMap(([type, one, many]) => {
    const count = described.filter((each) => each.type === type && !tellsNothing(each)).length;
    return count === 0 ? [] : [counted(count, one, many)];
  });
  if (constants.length > 0)
    parts.push(`${constants.length} constant left out (${names(constants)})`);
  if (unnamed > 0) parts.push(`${unnamed} without a name left out`);
  const looks = thingsToLookAt(notes).length;
  const look = looks === 0 ? "" : `; ${counted(looks, "thing", "things")} to look at`;
  return `${counted(columns.length, "column", "columns")}: ${parts.join(", ")}${look}`;
}

/** Names of columns in a short form, at most. */
const NAMED = 5;

const names = (columns: readonly ColumnProfile[]): string =>
  columns
    .slice(0, NAMED)
    .map(({ name }) => name)
    .join(", ") + (columns.length > NAMED ? ", ..." : "");

/** The notes that something may be wrong. */
export const thingsToLookAt = (notes: readonly Note[]): readonly Note[] =>
  notes.filter(({ weight }) => weight === "look");

/** Notes of what was decided in the owner's stead: said even where nothing is wrong. */
const SAID: ReadonlySet<NoteCode> = new Set<NoteCode>([
  ...(["LABEL_RULE", "LABELS_MISSING", "ROWS_TAKEN", "COLUMN_UNNAMED"] as const),
  ...(["CODES_NOT_NUMBERS", "INTEGERS_BEYOND_DOUBLES", "NUMBERS_BY_FORM"] as const),
  ...(["LEVELS_UNSEEN", "VALUES_OUT_OF_RANGE", "VALUES_MISSING", "ENCODING"] as const),
]);

/** Notes that are printed, at most; all are kept with the run. */
const PRINTED = 12;

/** The notes that are worth a line each before a run begins, things to look at first. */
export function printedNotes(notes: readonly Note[]): readonly string[] {
  const looks = thingsToLookAt(notes);
  const said = notes.filter(({ weight, code }) => weight === "told" && SAID.has(code));
  const all = [...looks, ...said].map(noteText);
  if (all.length <= PRINTED) return all;
  return [
    ...all.slice(0, PRINTED - 1),
    `... and ${all.length - PRINTED + 1} more notes (table.json).`,
  ];
}

/** A note in one line, with its cure. */
export const noteText = ({ sentence, cure }: Note): string =>
  cure === undefined ? sentence : `${sentence} ${cure}`;

const tellsNothing = ({ distinct, missing, misfits }: ColumnProfile): boolean =>
  distinct === 0 || (distinct === 1 && missing + misfits.count === 0);

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
