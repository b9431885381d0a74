import { MoongateError } from "@moongate/errors";
import { type Column, type ColumnKind, MISSING } from "../table/table.ts";
import { ownText, parseNumber, TRUTH } from "./field.ts";
import { Growing } from "./growing.ts";

/**
 * Collects one column while its kind is inferred. The first value decides; a later value that
 * contradicts it makes the column a category. Its earlier fields are then gone, so the builder
 * says `contradicted` and the reader reads the file once more with that kind given.
 */
export class ColumnBuilder {
  readonly #name: string;
  readonly #given: boolean;
  #kind: ColumnKind | undefined;
  /** Rows without a value, seen before the kind was known. */
  #leading = 0;
  contradicted = false;
  #notFiniteLine: number | undefined;
  readonly #numbers = new Growing((length) => new Float64Array(length));
  readonly #truths = new Growing((length) => new Int8Array(length));
  readonly #codes = new Growing((length) => new Int32Array(length));
  readonly #levels = new Map<string, number>();
  readonly #texts: string[] = [];

  constructor(name: string, kind?: ColumnKind) {
    this.#name = name;
    this.#given = kind !== undefined;
    this.#kind = kind;
  }

  /** Adds the field found on `line`. */
  push(raw: string, line: number): void {
    if (this.contradicted) return;
    if (this.#kind === "text") {
      this.#texts.push(ownText(raw));
      return;
    }
    const field = raw.trim();
    if (field === "") {
      this.#pushMissing();
      return;
    }
    if (this.#kind === undefined) this.#begin(field);
    switch (this.#kind) {
      case "number":
        this.#pushNumber(field, line);
        return;
      case "boolean":
        this.#pushTruth(field, line);
        return;
      default:
        this.#pushLevel(field);
    }
  }

  /** The finished column. @throws COLUMN_NOT_FINITE */
  finish(): Column {
    const name = this.#name;
    switch (this.#kind) {
      case "text":
        return { name, kind: "text", values: this.#texts };
      case "boolean":
        return { name, kind: "boolean", values: this.#truths.finish() };
      case "category":
        return {
          name,
          kind: "category",
          codes: this.#codes.finish(),
          levels: [...this.#levels.keys()],
        };
      case "number":
        if (this.#notFiniteLine !== undefined) throw this.#notFinite(this.#notFiniteLine);
        return { name, kind: "number", values: this.#numbers.finish() };
      case undefined: // never a value
        return { name, kind: "number", values: new Float64Array(this.#leading).fill(NaN) };
    }
  }

  #begin(field: string): void {
    if (TRUTH.has(field)) this.#kind = "boolean";
    else this.#kind = parseNumber(field) === undefined ? "category" : "number";
    for (; this.#leading > 0; this.#leading--) this.#pushMissing();
  }

  #pushMissing(): void {
    if (this.#kind === "number") this.#numbers.push(NaN);
    else if (this.#kind === "boolean") this.#truths.push(MISSING);
    else if (this.#kind === "category") this.#codes.push(MISSING);
    else this.#leading += 1;
  }

  #pushNumber(field: string, line: number): void {
    const value = parseNumber(field);
    if (value === undefined) {
      this.#contradict(line);
      return;
    }
    // refused only at the end: should the column turn out to be text, this is one of its levels
    if (!Number.isFinite(value)) this.#notFiniteLine ??= line;
    this.#numbers.push(value);
  }

  #pushTruth(field: string, line: number): void {
    const value = TRUTH.get(field);
    if (value === undefined) this.#contradict(line);
    else this.#truths.push(value);
  }

  #pushLevel(field: string): void {
    let code = this.#levels.get(field);
    if (code === undefined) this.#levels.set(ownText(field), (code = this.#levels.size));
    this.#codes.push(code);
  }

  #contradict(line: number): void {
    if (this.#given) {
      const cause = `column ${JSON.stringify(this.#name)} holds something else than a ${String(this.#kind)} on line ${line}`;
      throw new MoongateError("COLUMN_KIND_CHANGED", cause);
    }
    this.contradicted = true;
  }

  #notFinite(line: number): MoongateError {
    const cause = `column ${JSON.stringify(this.#name)} holds NaN or an infinite value on line ${line}`;
    return new MoongateError("COLUMN_NOT_FINITE", cause);
  }
}
