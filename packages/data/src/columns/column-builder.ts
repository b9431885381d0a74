import { ownText } from "../cells/field.ts";
import type { MissingMarks } from "../cells/missing-marks.ts";
import { plainNumber } from "../cells/plain-number.ts";
import type { ColumnKind } from "../table/table.ts";
import { type Coded, Dictionary } from "./dictionary.ts";
import { NumberCollector, type CollectedNumbers } from "./number-collector.ts";

/** Known fields that are looked at before it is decided how a column is collected. */
const LOOKED_AT = 64;

/** A column as it was collected; what it is comes after. */
export type Collected =
  | { readonly as: "text"; readonly values: readonly string[] }
  | { readonly as: "numbers"; readonly numbers: CollectedNumbers }
  | { readonly as: "coded"; readonly coded: Coded }
  /** Truth values of a file that declares them: 0, 1, and -1 for a missing one. */
  | { readonly as: "truths"; readonly values: Int8Array }
  /** Dates of a file that declares them: days since 1970-01-01, NaN for a missing one. */
  | { readonly as: "days"; readonly values: Float64Array; readonly timed: boolean }
  /** Begun as numbers, and not only that: the file must be read again, with the column as text. */
  | { readonly as: "unsettled" };

export interface BuilderOptions {
  readonly marks: MissingMarks;
  /** `text` for ids; the kind of the column where it is given. */
  readonly kind?: ColumnKind | undefined;
  /** The decimal sign was declared to be a comma. */
  readonly comma?: boolean;
  /** Keep the column's fields as text from the start. */
  readonly asText?: boolean;
}

/**
 * Collects the fields of one column. Most columns are plain numbers: the first fields tell, and from
 * then on they are kept as such. Others are kept as distinct texts with a code for each row.
 */
export class ColumnBuilder {
  readonly #options: BuilderOptions;
  #beginning: string[] | undefined;
  #known = 0;
  #numbers: NumberCollector | undefined;
  #dictionary: Dictionary | undefined;
  #texts: string[] | undefined;

  constructor(options: BuilderOptions) {
    this.#options = options;
    const { kind, asText, marks, comma = false } = options;
    if (kind === "text") this.#texts = [];
    else if (asText === true) this.#dictionary = new Dictionary(marks);
    else if (kind === "number") this.#numbers = new NumberCollector(marks, comma);
    else if (kind !== undefined) this.#dictionary = new Dictionary(marks);
    else this.#beginning = [];
  }

  /** Adds the next row's field, as it stands in the file. */
  push(raw: string): void {
    if (this.#numbers !== undefined) this.#numbers.push(raw);
    else if (this.#dictionary !== undefined) this.#dictionary.push(raw);
    else if (this.#beginning !== undefined) this.#begin(this.#beginning, raw);
    else this.#texts?.push(ownText(raw));
  }

  finish(): Collected {
    if (this.#texts !== undefined) return { as: "text", values: this.#texts };
    if (this.#beginning !== undefined) this.#choose(this.#beginning);
    if (this.#dictionary !== undefined) return { as: "coded", coded: this.#dictionary.finish() };
    const numbers = this.#numbers?.finish();
    return numbers === undefined ? { as: "unsettled" } : { as: "numbers", numbers };
  }

  #begin(beginning: string[], raw: string): void {
    beginning.push(raw);
    if (this.#options.marks.has(raw.trim())) return;
    this.#known += 1;
    if (this.#known === LOOKED_AT) this.#choose(beginning);
  }

  #choose(beginning: readonly string[]): void {
    const { marks, comma = false } = this.#options;
    const numbers = beginning.filter((raw) => plainNumber(raw.trim()) !== undefined).length;
    const collector =
      2 * numbers >= this.#known
        ? (this.#numbers = new NumberCollector(marks, comma))
        : (this.#dictionary = new Dictionary(marks));
    for (const raw of beginning) collector.push(raw);
    this.#beginning = undefined;
  }
}
