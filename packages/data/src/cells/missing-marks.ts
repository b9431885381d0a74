/**
 * What stands for "no value" in a field: the marks that pandas, R, SQL, Hive, SAS and spreadsheets
 * write. An empty field, or one of blanks, is missing in any case.
 */

/** Marks that count in any letter case. */
export const MARKS_IN_ANY_CASE: readonly string[] = [
  ...["NA", "N/A", "<NA>", "NaN", "-NaN", "NaT", "NULL", "(null)"],
  ...["#N/A", "#N/A N/A", "#NA", "#NULL!", "#VALUE!", "#REF!", "#DIV/0!", "#NUM!", "#NAME?"],
  ...["1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN"],
];

/** Marks that count as they stand here alone: "none" may well be a level of a category. */
export const MARKS_AS_WRITTEN: readonly string[] = ["None", "\\N", "-", "--", "–", "—", "?", "."];

/** Tells the fields that stand for no value. */
export class MissingMarks {
  readonly #asWritten: ReadonlySet<string>;
  readonly #anyCase: ReadonlySet<string>;
  /** True if a mark is itself a number, such as -999: then numbers must be looked up as well. */
  readonly numeric: boolean;

  /** @param marks in place of the whole list, as written; by default the list above. */
  constructor(marks?: readonly string[]) {
    this.#asWritten = new Set(marks ?? MARKS_AS_WRITTEN);
    this.#anyCase = new Set(marks === undefined ? MARKS_IN_ANY_CASE.map(folded) : []);
    this.numeric = (marks ?? []).some((mark) => mark.trim() !== "" && !Number.isNaN(Number(mark)));
  }

  /** True if a field without outer blanks stands for no value. */
  has(field: string): boolean {
    if (field === "" || this.#asWritten.has(field)) return true;
    return field.length <= LONGEST && this.#anyCase.has(folded(field));
  }
}

const folded = (mark: string): string => mark.toUpperCase();
const LONGEST = Math.max(...MARKS_IN_ANY_CASE.map((mark) => mark.length));
