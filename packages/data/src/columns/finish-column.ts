import { at, MoongateError } from "@moongate/errors";
import type { ColumnProfile, Misfits, Note } from "../findings/findings.ts";
import { levelsOf, rangeOf } from "../findings/measure.ts";
import { dateNote, formNotes, misfitNote } from "../findings/column-notes.ts";
import { type Column, type ColumnKind, MISSING } from "../table/table.ts";
import type { Collected } from "./column-builder.ts";
import { decide, decideAs, type Decision } from "./decide.ts";
import type { Coded } from "./dictionary.ts";
import { isFew } from "./few.ts";
import type { CollectedNumbers } from "./number-collector.ts";
import type { CellSettings, GivenKind } from "./settings.ts";

/** A column that has been read, what was seen in it, and why it may not be used, if so. */
export interface FinishedColumn {
  readonly column: Column;
  readonly profile: Omit<ColumnProfile, "position">;
  readonly notes: readonly Note[];
  /** The refusal that is thrown if somebody uses the column. */
  readonly problem?: MoongateError | undefined;
}

export interface FinishOptions {
  readonly name: string;
  /** What messages call the file. */
  readonly file: string;
  readonly settings: CellSettings;
  /** The line on which a row (from 0) ends. */
  readonly lineOf: (row: number) => number;
  /** "line", or "row" where a file has no lines. */
  readonly unit: "line" | "row";
  /** The kind that a user chose for the column: everything that does not fit it is a misfit. */
  readonly chosen?: GivenKind | undefined;
  /** The kind it had in training: too many misfits are refused. */
  readonly trained?: ColumnKind | undefined;
  /** Misfits are refused. */
  readonly strict: boolean;
}

/** Lines of misfits that are remembered. */
const LINES_NAMED = 5;

/** Decides what a collected column is, and makes it. */
export function finishColumn(
  collected: Exclude<Collected, { readonly as: "unsettled" }>,
  options: FinishOptions,
): FinishedColumn {
  const { name } = options;
  switch (collected.as) {
    case "text": {
      const { values } = collected;
      const missing = values.reduce((count, value) => count + (value.trim() === "" ? 1 : 0), 0);
      return {
        column: { name, kind: "text", values },
        profile: {
          ...{ name, type: "text", why: "it is the id column", missing },
          ...{ misfits: NONE, distinct: values.length },
        },
        notes: [],
      };
    }
    case "numbers":
      return fromNumbers(collected.numbers, options);
    case "coded":
      return fromCoded(collected.coded, options);
    case "truths": {
      const { values } = collected;
      const missing = values.reduce((count, value) => count + (value === MISSING ? 1 : 0), 0);
      const seen = { why: DECLARED, missing, misfits: [], notes: [] };
      return finished({ name, kind: "boolean", values }, seen, options);
    }
    case "days": {
      const { values, timed } = collected;
      const missing = values.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
      const notes = [dateNote(name, timed)];
      const seen = { why: DECLARED, missing, misfits: [], notes };
      return finished({ name, kind: "date", values }, seen, options);
    }
  }
}

const DECLARED = "the file declares it";

const NONE: Misfits = { count: 0, lines: [] };

function fromNumbers(numbers: CollectedNumbers, options: FinishOptions): FinishedColumn {
  const { values, missing, misfits, infinite } = numbers;
  const known = values.length - missing;
  const why =
    known === 0
      ? "it has no values"
      : misfits.length === 0
        ? "every value is a number"
        : `${misfits.length} of ${known} values are not a number, the others are`;
  return finished(
    { name: options.name, kind: "number", values },
    { why, missing, misfits, notes: [] },
    options,
    infinite === undefined ? undefined : notFinite(infinite, options),
  );
}

function fromCoded(coded: Coded, options: FinishOptions): FinishedColumn {
  const { settings, chosen, trained } = options;
  const given = chosen ?? (trained === "text" ? undefined : trained);
  const decision = given === undefined ? decide(coded, settings) : decideAs(given, coded, settings);
  if (decision.kind === "category") {
    const { codes, levels, missing } = coded;
    const column = { name: options.name, kind: "category", codes, levels } as const;
    const notes = formNotes(options, decision, coded);
    return finished(column, { why: decision.why, missing, misfits: [], notes }, options);
  }
  return fromDecision(coded, decision, options);
}

/** A column whose levels each have a value. */
function fromDecision(
  coded: Coded,
  decision: Exclude<Decision, { readonly kind: "category" }>,
  options: FinishOptions,
): FinishedColumn {
  const { name } = options;
  const byLevel = decision.kind === "boolean" ? decision.values : decision.reading.values;
  const values = new Float64Array(coded.codes.length);
  const misfits: number[] = [];
  let infinite: number | undefined;
  coded.codes.forEach((code, row) => {
    const value = code === MISSING ? NaN : at(byLevel, code);
    if (code !== MISSING && Number.isNaN(value)) misfits.push(row);
    if (value === Infinity || value === -Infinity) infinite ??= row;
    values[row] = Number.isFinite(value) ? value : NaN;
  });
  const problem =
    ambiguous(decision, options) ??
    (infinite === undefined ? undefined : notFinite(infinite, options)) ??
    changed(misfits, coded, decision.kind, options);
  const column: Column =
    decision.kind === "boolean"
      ? {
          ...{ name, kind: "boolean" },
          values: Int8Array.from(values, (value) => (Number.isNaN(value) ? MISSING : value)),
        }
      : { name, kind: decision.kind, values };
  const notes = formNotes(options, decision, coded);
  const { why } = decision;
  return finished(column, { why, missing: coded.missing, misfits, notes }, options, problem);
}

interface Seen {
  readonly why: string;
  readonly missing: number;
  readonly misfits: readonly number[];
  readonly notes: readonly Note[];
}

function finished(
  column: Column,
  { why, missing, misfits, notes }: Seen,
  options: FinishOptions,
  problem?: MoongateError,
): FinishedColumn {
  const { name, strict, lineOf } = options;
  const lines = misfits.slice(0, LINES_NAMED).map(lineOf);
  const found: Misfits = { count: misfits.length, lines };
  const range = rangeOf(column);
  const levels = levelsOf(column);
  const distinct =
    column.kind === "category"
      ? column.levels.length
      : range === undefined
        ? 0
        : range.low === range.high
          ? 1
          : 2;
  const misfit = found.count === 0 ? [] : [misfitNote(options, column.kind, found)];
  const refusal =
    problem ?? (strict && found.count > 0 ? notClean(options, column.kind, found) : undefined);
  return {
    column,
    profile: {
      ...{ name, type: column.kind, why, missing, misfits: found, distinct },
      range,
      levels,
    },
    notes: [...misfit, ...notes],
    problem: refusal,
  };
}

function notFinite(row: number, { name, file, unit, lineOf }: FinishOptions): MoongateError {
  const cause = `${file}: column ${JSON.stringify(name)} holds an infinite value on ${unit} ${lineOf(row)}`;
  return new MoongateError("COLUMN_NOT_FINITE", cause);
}

function ambiguous(
  decision: Exclude<Decision, { readonly kind: "category" }>,
  { name, file }: FinishOptions,
): MoongateError | undefined {
  const column = `${file}: column ${JSON.stringify(name)}`;
  if (decision.kind === "number" && decision.reading.decimal === "ambiguous") {
    return new MoongateError(
      "COLUMN_AMBIGUOUS",
      `${column} has numbers like 1,234, which may be a thousand and more or one and a bit`,
      {
        cure: 'Say which sign is decimal: decimal = "point" or "comma" under data (or --decimal).',
      },
    );
  }
  if (decision.kind === "date" && decision.reading.order === "ambiguous") {
    return new MoongateError(
      "COLUMN_AMBIGUOUS",
      `${column} has dates like 01/02/2024, of which the day may come first or the month`,
      {
        cure: 'Say which: dates = "day-first" or "month-first" under data (or --dates).',
      },
    );
  }
  return undefined;
}

/** A column that training knew as something else. */
function changed(
  misfits: readonly number[],
  { codes, missing }: Coded,
  kind: ColumnKind,
  { name, file, unit, lineOf, trained }: FinishOptions,
): MoongateError | undefined {
  const [first] = misfits;
  if (trained === undefined || first === undefined) return undefined;
  if (isFew(misfits.length, codes.length - missing)) return undefined;
  const cause = `${file}: column ${JSON.stringify(name)} holds something else than a ${kind} on ${unit} ${lineOf(first)} and ${misfits.length - 1} more, but was a ${kind} in training`;
  return new MoongateError("COLUMN_KIND_CHANGED", cause);
}

function notClean(
  { name, file, unit }: FinishOptions,
  kind: ColumnKind,
  { count, lines }: Misfits,
): MoongateError {
  const cause = `${file}: ${count} fields of column ${JSON.stringify(name)} are no ${kind}, the first on ${unit} ${lines.join(", ")}`;
  return new MoongateError("COLUMN_NOT_CLEAN", cause);
}
