import type { MissingMarks } from "../cells/missing-marks.ts";
import { hasLeadingZero, isBeyondDoubles, plainNumber } from "../cells/plain-number.ts";
import { isTruthWord } from "../cells/truth.ts";
import { writtenDate } from "../cells/date.ts";
import { isWrittenOnly } from "../cells/written-number.ts";
import { Growing } from "./growing.ts";
import { isFew } from "./few.ts";

/** Odd fields that are remembered, at most; a column with more is read again as text. */
const MOST_ODD = 10_000;

/** A column of plain numbers. */
export interface CollectedNumbers {
  /** NaN where a value is missing or did not fit. */
  readonly values: Float64Array;
  readonly missing: number;
  /** Rows (from 0) of fields that are no number. */
  readonly misfits: readonly number[];
  /** The first row (from 0) with an infinite number. */
  readonly infinite: number | undefined;
}

const ZERO = 48;
const NINE = 57;
const MINUS = 45;
const POINT = 46;

/**
 * Collects a column that looks like plain numbers, as numbers at once: the quick way, which most
 * columns take. What does not fit is remembered by row; `finish` tells whether that settles the
 * column, or whether its fields must be looked at as text, for which the file is read once more.
 */
export class NumberCollector {
  readonly #marks: MissingMarks;
  readonly #quick: boolean;
  readonly #comma: boolean;
  readonly #values = new Growing((length) => new Float64Array(length));
  readonly #odd: number[] = [];
  #missing = 0;
  #infinite: number | undefined;
  /** Something that plain numbers do not explain: the column must be read as text. */
  #unsettled = false;

  /** @param comma the decimal sign was declared to be a comma: a point may then mean thousands. */
  constructor(marks: MissingMarks, comma: boolean) {
    this.#marks = marks;
    this.#quick = !marks.numeric && !comma;
    this.#comma = comma;
  }

  push(raw: string): void {
    // 1 to 9, a minus, a lone zero or one before a point: nothing else to ask of such a field
    const first = raw.charCodeAt(0);
    const plain =
      (first > ZERO && first <= NINE) ||
      first === MINUS ||
      (first === ZERO && (raw.length === 1 || raw.charCodeAt(1) === POINT));
    if (plain && this.#quick) {
      const value = Number(raw);
      if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) {
        this.#values.push(value);
        return;
      }
    }
    this.#pushOther(raw.trim());
  }

  /** The column, or undefined where its text must decide. */
  finish(): CollectedNumbers | undefined {
    if (this.#unsettled) return undefined;
    const known = this.#values.length - this.#missing;
    if (!isFew(this.#odd.length, known)) return undefined;
    return {
      values: this.#values.finish(),
      missing: this.#missing,
      misfits: this.#odd,
      infinite: this.#infinite,
    };
  }

  /** @param field without outer blanks. */
  #pushOther(field: string): void {
    if (this.#unsettled) return;
    const row = this.#values.length;
    if (this.#marks.has(field)) {
      this.#missing += 1;
      this.#values.push(NaN);
      return;
    }
    const value = plainNumber(field);
    if (value !== undefined && Number.isFinite(value)) {
      this.#unsettled =
        hasLeadingZero(field) || isBeyondDoubles(field) || (this.#comma && field.includes("."));
      this.#values.push(value);
      return;
    }
    if (value !== undefined) this.#infinite ??= row;
    else {
      this.#odd.push(row);
      this.#unsettled =
        this.#odd.length > MOST_ODD ||
        isWrittenOnly(field) ||
        isTruthWord(field) ||
        writtenDate(field) !== undefined;
    }
    this.#values.push(NaN);
  }
}
