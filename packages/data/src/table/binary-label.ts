import { at, MoongateError } from "@moongate/errors";
import { isTruthWord, truthOf } from "../cells/truth.ts";
import { didYouMean } from "./did-you-mean.ts";
import { type Column, findColumn, isMissing, type Table, titleOf } from "./table.ts";

/** How a label column is understood. */
export interface LabelChoice {
  /** The value that counts as positive; by default the rule of `readLabel` says. */
  readonly positive?: string | undefined;
}

/** A label column read as 0 and 1. */
export interface ReadLabel {
  readonly name: string;
  /** Each row's label, 0 or 1, or 255 where there is none. */
  readonly values: Uint8Array;
  /** Rows without a label. */
  readonly missing: number;
  /** One sentence: the value taken for positive, and why; absent for 0/1 and TRUE/FALSE. */
  readonly rule?: string | undefined;
}

/** The value of a row without a label. */
export const NO_LABEL = 255;

/**
 * Reads a label column: 0/1 and words for true and false as what they say, -1/1 as negative and
 * positive, and any two other words by `positive`; without it the positive one of two words is the
 * one that does not deny the other ("no x", "not x", "non-x"), else the rarer one.
 *
 * @throws LABEL_MISSING (no such column), LABEL_NOT_BINARY (more or fewer than two values).
 */
export function readLabel(table: Table, name: string, choice: LabelChoice = {}): ReadLabel {
  const column = findColumn(table, name);
  const title = JSON.stringify(name);
  if (column === undefined) {
    const names = table.columns.map((each) => each.name);
    const cause = `${titleOf(table)} has no label column ${title}`;
    throw new MoongateError("LABEL_MISSING", cause, { cure: didYouMean(name, names) });
  }
  const { texts, codes } = coded(column, table.rows);
  const { positive, rule } = positiveOf(texts, codes, title, choice.positive);
  const values = new Uint8Array(table.rows);
  let missing = 0;
  codes.forEach((code, row) => {
    if (code < 0) missing += 1;
    values[row] = code < 0 ? NO_LABEL : at(texts, code) === positive ? 1 : 0;
  });
  return { name, values, missing, rule };
}

/**
 * The labels of a column in row order, every row having one.
 *
 * @throws as readLabel; LABEL_NOT_BINARY for a row without a label (counted from 1 below the header).
 */
export function binaryLabel(table: Table, name: string, choice: LabelChoice = {}): Uint8Array {
  const { values, missing } = readLabel(table, name, choice);
  if (missing === 0) return values;
  const first = values.indexOf(NO_LABEL) + 1;
  const more = missing === 1 ? "" : ` and ${missing - 1} more`;
  throw new MoongateError(
    "LABEL_NOT_BINARY",
    `label ${JSON.stringify(name)} has no value in row ${first}${more}`,
    {
      cure: 'Fill in those rows, or leave them out: missingLabel = "drop" (--missing-label drop).',
    },
  );
}

interface CodedLabel {
  readonly texts: readonly string[];
  /** Each row's index into `texts`, -1 for a missing value. */
  readonly codes: Int32Array;
}

/** Distinct values beyond which a column is no label; no need to list them all. */
const MOST_VALUES = 1000;

function coded(column: Column, rows: number): CodedLabel {
  if (column.kind === "category") return { texts: column.levels, codes: column.codes };
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    if (isMissing(column, row)) continue;
    const text = textOf(column, row);
    let code = codeOf.get(text);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(text, code);
      if (code > MOST_VALUES) break;
    }
    codes[row] = code;
  }
  return { texts: [...codeOf.keys()], codes };
}

function textOf(column: Exclude<Column, { readonly kind: "category" }>, row: number): string {
  switch (column.kind) {
    case "boolean":
      return at(column.values, row) === 1 ? "TRUE" : "FALSE";
    case "text":
      return at(column.values, row);
    case "number":
    case "date":
      return String(at(column.values, row));
  }
}

interface Positive {
  readonly positive: string | undefined;
  readonly rule?: string;
}

function positiveOf(
  texts: readonly string[],
  codes: Int32Array,
  title: string,
  asked: string | undefined,
): Positive {
  if (asked !== undefined) return askedFor(texts, title, asked);
  // one value alone is told later, when it is known which rows count
  if (texts.length > 2 || !texts.every((text) => meaningOf(text) !== undefined)) {
    return ofTwoWords(texts, codes, title);
  }
  const positive = texts.find((text) => meaningOf(text) === 1);
  const plain = texts.every((text) => ["0", "1", "TRUE", "FALSE"].includes(text));
  return plain || positive === undefined
    ? { positive }
    : { positive, rule: `Label ${title}: ${JSON.stringify(positive)} is positive.` };
}

/** What a value says of itself: truth words, 0 and 1, -1 and 1. */
function meaningOf(text: string): 0 | 1 | undefined {
  if (text === "-1") return 0;
  return text === "1" || text === "0" || isTruthWord(text) ? truthOf(text) : undefined;
}

function askedFor(texts: readonly string[], title: string, asked: string): Positive {
  const found =
    texts.find((text) => text === asked) ??
    texts.find((text) => text.toLowerCase() === asked.toLowerCase()) ??
    // a column of truth values has lost the words it was written in
    texts.find((text) => truthOf(text) !== undefined && truthOf(text) === truthOf(asked));
  if (found === undefined || texts.length > 2) {
    const what = found === undefined ? "has no such value" : "has more than two values";
    throw new MoongateError("LABEL_NOT_BINARY", `label ${title} ${what} as "positive" names`, {
      cure: "Name one of the label's two values.",
    });
  }
  return {
    positive: found,
    rule: `Label ${title}: ${JSON.stringify(asked)} is positive, as asked.`,
  };
}

const DENIAL = /^(no|not|non|un|kein|nicht|未|不|无)[\s_-]?/i;

function ofTwoWords(texts: readonly string[], codes: Int32Array, title: string): Positive {
  const [one, two] = texts;
  const numeric = texts.every((text) => Number.isFinite(Number(text)));
  if (one === undefined || two === undefined || texts.length > 2 || numeric) {
    const count = texts.length > MOST_VALUES ? `more than ${MOST_VALUES}` : String(texts.length);
    const beside = texts.findIndex((text) => text !== "0" && text !== "1");
    const cause =
      numeric && texts.length > 2 && texts.includes("0") && texts.includes("1")
        ? `label ${title} has a value beside 0 and 1 in row ${codes.indexOf(beside) + 1}`
        : texts.length === 2
          ? `label ${title} has two numbers beside 0 and 1`
          : `label ${title} has ${count} different ${texts.length === 1 ? "value" : "values"} where a label has two`;
    const cure =
      texts.length === 2
        ? 'Say which is positive: positive = "..." under data (or --positive).'
        : "Write labels as 0 and 1, TRUE and FALSE, or two words.";
    throw new MoongateError("LABEL_NOT_BINARY", cause, { cure });
  }
  const denied = texts.filter((text) => DENIAL.test(text));
  const counts = [0, 0];
  for (const code of codes) if (code >= 0) counts[code] = at(counts, code) + 1;
  const rarer = at(counts, 0) < at(counts, 1) || (counts[0] === counts[1] && one > two) ? one : two;
  const [positive, why] =
    denied.length === 1
      ? [denied[0] === one ? two : one, "the other denies it"]
      : [rarer, "it is the rarer"];
  return {
    positive,
    rule: `Label ${title}: ${JSON.stringify(positive)} is positive (${why}); set \`positive\` to turn it round.`,
  };
}
