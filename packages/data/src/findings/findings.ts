import type { ColumnKind } from "../table/table.ts";

/**
 * What was seen while a table was read: for its owner alone, since levels and ranges are values.
 * Plain data, so that it can be kept as JSON beside a run and printed by any command.
 */
export interface TableFindings {
  readonly file: string;
  readonly rows: number;
  readonly format: TableFormat;
  /** Every column of the file, in its order, those that were left out included. */
  readonly columns: readonly ColumnProfile[];
  /** What the ids look like; absent where no id column was named. */
  readonly ids?: IdProfile | undefined;
  readonly notes: readonly Note[];
}

/** How the file is written. */
export type TableFormat =
  | {
      readonly type: "csv";
      readonly gzip: boolean;
      readonly encoding: string;
      readonly separator: string;
      /** The line ends that occur, in no order. */
      readonly lineEnds: readonly LineEnd[];
      /** Lines of nothing but blanks, which were passed over. */
      readonly blankLines: number;
    }
  | { readonly type: "parquet"; readonly columns: number };

export type LineEnd = "\n" | "\r\n" | "\r";

/** One column: what it was taken for, and why. */
export interface ColumnProfile {
  readonly name: string;
  /** Its place in the file, from 1. */
  readonly position: number;
  readonly type: ColumnKind | "left out";
  /** Why it has this type, as a clause: "every value is a number". */
  readonly why: string;
  /** Rows without a value, misfits not counted. */
  readonly missing: number;
  /** Fields that do not fit the type, which count as missing values. */
  readonly misfits: Misfits;
  /** Distinct values; of numbers and dates, only whether there is one or more. */
  readonly distinct: number;
  /** The smallest and largest value of numbers; of dates, in days since 1970-01-01. */
  readonly range?: Range | undefined;
  /** The most frequent levels of a category, at most ten. */
  readonly levels?: readonly { readonly level: string; readonly count: number }[] | undefined;
  /** What becomes of it; filled in by whoever uses the table. */
  readonly becomes?: string | undefined;
}

export interface Range {
  readonly low: number;
  readonly high: number;
  readonly integers: boolean;
}

export interface Misfits {
  readonly count: number;
  /** Lines of the first of them; rows (from 1) where the file has no lines. */
  readonly lines: readonly number[];
}

/** What the ids of a table look like. */
export interface IdProfile {
  readonly column: string;
  /** Shapes by frequency, at most five: 9 for digits, a and A for letters, x for other scripts. */
  readonly shapes: readonly { readonly shape: string; readonly count: number }[];
  /** Peculiarities that keep equal ids from matching, with the rows that have them. */
  readonly traits: readonly { readonly trait: IdTrait; readonly count: number }[];
}

export const ID_TRAITS = [
  "point-zero",
  "exponent",
  "leading-zeros",
  "mixed-lengths",
  "upper-case",
  "mixed-case",
  "invisible",
  "outer-blanks",
  "inner-blanks",
  "email-case",
] as const;
export type IdTrait = (typeof ID_TRAITS)[number];

export const NOTE_CODES = [
  "CELLS_DO_NOT_FIT",
  "NUMBERS_BY_FORM",
  "PERCENT_MIXED",
  "CURRENCIES_MIXED",
  "CODES_NOT_NUMBERS",
  "INTEGERS_BEYOND_DOUBLES",
  "DATES_READ",
  "MOSTLY_TEXT",
  "TRUTH_VALUES_MIXED",
  "COLUMN_CONSTANT",
  "COLUMN_WITHOUT_VALUES",
  "LEVELS_ALL_RARE",
  "COLUMN_UNNAMED",
  "COLUMN_UNUSABLE",
  "SEPARATOR",
  "ENCODING",
  "LINE_ENDS_MIXED",
  "ROWS_WITHOUT_VALUES",
  "ID_SHAPE",
  "LABEL_RULE",
  "LABELS_MISSING",
  "ROWS_TAKEN",
  "FEW_TRAINING_ROWS",
  "LOW_MATCH_RATE",
  "LEVELS_UNSEEN",
  "VALUES_OUT_OF_RANGE",
  "VALUES_MISSING",
] as const;
export type NoteCode = (typeof NOTE_CODES)[number];

/** One thing worth knowing about a table. */
export interface Note {
  readonly code: NoteCode;
  /** "look": something may be wrong. "told": it was read right, and is only said. */
  readonly weight: "look" | "told";
  readonly column?: string;
  /** Lines (or rows) it is about, the first few. */
  readonly lines?: readonly number[];
  readonly count?: number;
  /** One sentence with its full stop; no field of the table is quoted. */
  readonly sentence: string;
  /** What can be done about it. */
  readonly cure?: string;
}
