import { isFew } from "./few.ts";
import { looksAtDates, type DateReading } from "./date-column.ts";
import { looksAtNumbers, type NumberReading } from "./number-column.ts";
import type { Coded } from "./dictionary.ts";
import type { CellSettings, GivenKind } from "./settings.ts";
import { isTruthWord, truthOf } from "../cells/truth.ts";

/** What a column of text is, decided by all its values together. */
export type Decision =
  | { readonly kind: "boolean"; readonly values: Float64Array; readonly why: string }
  | { readonly kind: "number"; readonly reading: NumberReading; readonly why: string }
  | { readonly kind: "date"; readonly reading: DateReading; readonly why: string }
  | {
      readonly kind: "category";
      readonly why: string;
      /** Share of the known values that are numbers, where that is worth a word. */
      readonly numbers?: number;
      /** Values are digits with leading zeros, or too long for a double. */
      readonly codes?: "leading zeros" | "beyond doubles";
    };

/**
 * The rule, in order, on the known values of a column:
 *
 * 1. all are words for true or false (1 and 0 may stand among them): a boolean;
 * 2. at least four of five are numbers, plain or written with separators, percent or currency
 *    signs: a number, unless they are codes: digits alone, with leading zeros or longer than a
 *    double holds;
 * 3. at least four of five are dates: a date;
 * 4. else a category.
 */
export function decide(coded: Coded, settings: CellSettings): Decision {
  const { levels } = coded;
  if (levels.length > 0 && levels.every((level) => truthOf(level) !== undefined)) {
    if (levels.some(isTruthWord)) {
      return { kind: "boolean", values: truths(levels), why: "every value is true or false" };
    }
  }
  const known = coded.counts.reduce((sum, count) => sum + count, 0);
  const numbers = looksAtNumbers(coded, settings);
  const codes = codesAmong(numbers, known);
  if (codes !== undefined) return { kind: "category", codes, why: codesWhy(codes) };
  if (known > 0 && isFew(known - numbers.fitting, known)) {
    return { kind: "number", reading: numbers, why: share(numbers.fitting, known, "a number") };
  }
  const dates = looksAtDates(coded, settings);
  if (known > 0 && isFew(known - dates.fitting, known)) {
    return { kind: "date", reading: dates, why: share(dates.fitting, known, "a date") };
  }
  const part = numbers.fitting / known;
  return {
    kind: "category",
    why:
      part === 0
        ? "values are text"
        : `${percent(part)} of the values are numbers, the rest is text`,
    ...(part >= WORTH_A_WORD ? { numbers: part } : {}),
  };
}

/** The decision where the kind is given: fields that do not fit are misfits, however many. */
export function decideAs(kind: GivenKind, coded: Coded, settings: CellSettings): Decision {
  const why = "its kind was given";
  switch (kind) {
    case "boolean":
      return { kind, why, values: truths(coded.levels) };
    case "number":
      return { kind, why, reading: looksAtNumbers(coded, settings) };
    case "date":
      return { kind, why, reading: looksAtDates(coded, settings) };
    case "category":
      return { kind, why };
  }
}

/** A category with at least this share of numbers is pointed out. */
const WORTH_A_WORD = 0.2;

/** Leading zeros in fewer values than this, of different lengths, are how a number was padded. */
const FEW_CODES = 0.05;

function codesAmong(
  { fitting, digits, leadingZeros, lengths, beyond }: NumberReading,
  known: number,
): "leading zeros" | "beyond doubles" | undefined {
  if (known === 0 || digits < known || fitting < known) return undefined;
  const padded = leadingZeros > FEW_CODES * known || (leadingZeros > 0 && lengths === 1);
  if (padded) return "leading zeros";
  return beyond > FEW_CODES * known ? "beyond doubles" : undefined;
}

function codesWhy(codes: "leading zeros" | "beyond doubles"): string {
  return codes === "leading zeros"
    ? "values are digits with leading zeros: codes, not quantities"
    : "values are whole numbers too long for a double: codes, not quantities";
}

const truths = (levels: readonly string[]): Float64Array =>
  Float64Array.from(levels, (level) => truthOf(level) ?? NaN);

function share(fitting: number, known: number, what: string): string {
  if (fitting === known) return `every value is ${what}`;
  return `${known - fitting} of ${known} values are not ${what}, the others are`;
}

export function percent(part: number): string {
  const rounded = Math.round(100 * part);
  if (rounded === 100 && part < 1) return "over 99%";
  return rounded === 0 && part > 0 ? "under 1%" : `${rounded}%`;
}
