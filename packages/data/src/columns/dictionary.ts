import { ownText } from "../cells/field.ts";
import type { MissingMarks } from "../cells/missing-marks.ts";
import { MISSING } from "../table/table.ts";
import { GrowingCodes } from "./growing.ts";

/** A column as its distinct fields and which of them stands in each row. */
export interface Coded {
  /** Each row's index into `levels`; -1 for a missing value. */
  readonly codes: Int32Array;
  /** Distinct fields without outer blanks, in order of first appearance. */
  readonly levels: readonly string[];
  /** Rows of each level. */
  readonly counts: Uint32Array;
  readonly missing: number;
}

/** Collects a column whose fields must be kept as text until it is known what they are. */
export class Dictionary {
  readonly #marks: MissingMarks;
  readonly #codeOf = new Map<string, number>();
  readonly #levels: string[] = [];
  readonly #codes = new GrowingCodes();

  constructor(marks: MissingMarks) {
    this.#marks = marks;
  }

  push(raw: string): void {
    const field = raw.trim();
    this.#codes.push(this.#codeOf.get(field) ?? this.#newCode(field));
  }

  finish(): Coded {
    const codes = this.#codes.finish();
    const counts = new Uint32Array(this.#levels.length);
    let missing = 0;
    for (const code of codes) {
      if (code === MISSING) missing += 1;
      else counts[code] = (counts[code] ?? 0) + 1;
    }
    return { codes, levels: this.#levels, counts, missing };
  }

  #newCode(field: string): number {
    const own = ownText(field);
    const missing = this.#marks.has(field);
    const code = missing ? MISSING : this.#levels.length;
    if (!missing) this.#levels.push(own);
    this.#codeOf.set(own, code);
    return code;
  }
}
