import type { Decision } from "../columns/decide.ts";
import { percent } from "../columns/decide.ts";
import type { Coded } from "../columns/dictionary.ts";
import type { ColumnKind } from "../table/table.ts";
import type { Misfits, Note } from "./findings.ts";

interface Where {
  readonly name: string;
  readonly unit: "line" | "row";
}

/** The note of fields that do not fit their column. */
export function misfitNote({ name, unit }: Where, kind: ColumnKind, misfits: Misfits): Note {
  const { count, lines } = misfits;
  const fields = count === 1 ? "1 field is" : `${count} fields are`;
  const more = count > lines.length ? " and more" : "";
  return {
    ...{ code: "CELLS_DO_NOT_FIT", weight: "look", column: name, lines, count },
    sentence: `${quoted(name)}: ${fields} no ${kind} and taken for missing (${plural(unit, lines)} ${lines.join(", ")}${more}).`,
    cure: "Mend the fields, add their mark to `missing`, or refuse such a file with `strict = true`.",
  };
}

/** Notes of how a column's text was understood. */
export function formNotes({ name }: Where, decision: Decision, { counts }: Coded): Note[] {
  const known = counts.reduce((sum, count) => sum + count, 0);
  switch (decision.kind) {
    case "boolean":
      return [];
    case "date":
      return [dateNote(name, decision.reading.timed, decision.reading.order === "month-first")];
    case "category":
      return categoryNotes(name, decision);
    case "number":
      return numberNotes(name, decision.reading, known);
  }
}

/** The note of a column of dates. */
export function dateNote(name: string, timed: boolean, monthFirst = false): Note {
  const what = timed ? "dates and times" : "dates";
  return {
    ...{ code: "DATES_READ", weight: "told", column: name },
    sentence: `${quoted(name)}: ${what}, read as days with weekday and month${monthFirst ? ", the month first" : ""}.`,
  };
}

function categoryNotes(
  name: string,
  { codes, numbers }: Extract<Decision, { readonly kind: "category" }>,
): Note[] {
  if (codes !== undefined) {
    const what =
      codes === "leading zeros" ? "digits with leading zeros" : "whole numbers beyond 2^53";
    return [
      {
        code: codes === "leading zeros" ? "CODES_NOT_NUMBERS" : "INTEGERS_BEYOND_DOUBLES",
        ...{ weight: "told", column: name },
        sentence: `${quoted(name)}: ${what}, read as codes (a category) rather than as quantities.`,
        cure: 'Set its type to "number" under `types` if it is a quantity.',
      },
    ];
  }
  if (numbers === undefined) return [];
  return [
    {
      ...{ code: "MOSTLY_TEXT", weight: "look", column: name },
      sentence: `${quoted(name)}: ${percent(numbers)} of its values are numbers, the rest is text, so it is read as a category.`,
      cure: 'Set its type to "number" or "category" under `types` to say which it is.',
    },
  ];
}

function numberNotes(
  name: string,
  reading: Extract<Decision, { readonly kind: "number" }>["reading"],
  known: number,
): Note[] {
  const { written, decimal, percents, currencies, leadingZeros, beyond } = reading;
  const notes: Note[] = [];
  if (written) {
    const forms = [
      ...(decimal === "comma" ? ["decimal commas"] : []),
      ...(percents > 0 ? ["percent signs"] : []),
      ...(currencies.length > 0 ? ["currency signs"] : []),
    ];
    const how = forms.length === 0 ? "thousands separators" : forms.join(" and ");
    notes.push({
      ...{ code: "NUMBERS_BY_FORM", weight: "told", column: name },
      sentence: `${quoted(name)}: numbers with ${how}.`,
    });
  }
  if (percents > 0 && percents < known) {
    notes.push({
      ...{ code: "PERCENT_MIXED", weight: "look", column: name, count: percents },
      sentence: `${quoted(name)}: ${percents} of ${known} values have a percent sign and were divided by 100, the others not.`,
      cure: "Write all of them one way.",
    });
  }
  if (currencies.length > 1) {
    notes.push({
      ...{ code: "CURRENCIES_MIXED", weight: "look", column: name, count: currencies.length },
      sentence: `${quoted(name)}: amounts in ${currencies.length} currencies are compared as if they were one.`,
      cure: "Convert them to one currency.",
    });
  }
  if (leadingZeros > 0) {
    notes.push({
      ...{ code: "CODES_NOT_NUMBERS", weight: "look", column: name, count: leadingZeros },
      sentence: `${quoted(name)}: ${leadingZeros} of ${known} values have leading zeros, which a number loses.`,
      cure: 'Set its type to "category" under `types` if it is a code.',
    });
  }
  if (beyond > 0) {
    notes.push({
      ...{ code: "INTEGERS_BEYOND_DOUBLES", weight: "look", column: name, count: beyond },
      sentence: `${quoted(name)}: ${beyond} of ${known} values are beyond 2^53 and were rounded.`,
      cure: 'Set its type to "category" under `types` if it is a code.',
    });
  }
  return notes;
}

const quoted = (name: string): string => JSON.stringify(name);
const plural = (word: string, list: readonly unknown[]): string =>
  list.length === 1 ? word : `${word}s`;
