import type { LineEnd } from "../findings/findings.ts";

export type OnRecord = (fields: readonly string[], line: number) => void;

/**
 * The quick half of reading CSV: lines that are nothing but fields between separators. Lines end
 * with LF, CRLF or CR, in any mixture. It stops at the first line that needs a real parser: one with
 * a quote, or longer than any record may be.
 */
export class PlainLines {
  readonly #onRecord: OnRecord;
  readonly #separator: string;
  readonly #longest: number;
  #rest = "";
  #lines = 0;
  readonly #ends = new Set<LineEnd>();

  constructor(onRecord: OnRecord, separator: string, longest: number) {
    this.#onRecord = onRecord;
    this.#separator = separator;
    this.#longest = longest;
  }

  /** Lines taken so far, empty ones included. */
  get lines(): number {
    return this.#lines;
  }

  /** The line ends seen so far. */
  get lineEnds(): readonly LineEnd[] {
    return [...this.#ends];
  }

  /** Takes the next piece of the file. @returns what it leaves to the parser, if it stops here. */
  push(text: string): string | undefined {
    const all = this.#rest + text;
    let start = 0;
    for (let end = all.indexOf("\n"); end !== -1; end = all.indexOf("\n", start)) {
      if (!this.#takeLine(all.slice(start, end))) return all.slice(start);
      start = end + 1;
    }
    const open = this.#takeOldLines(all.slice(start));
    if (typeof open !== "string") return open.left;
    this.#rest = open;
    return this.#rest.length > this.#longest ? this.#rest : undefined;
  }

  /** The file has ended: takes a last line without a line end. @returns as push */
  finish(): string | undefined {
    if (this.#rest.includes('"')) return this.#rest;
    const last = this.#rest.split("\r");
    if (last.length > 1) this.#ends.add("\r");
    for (const line of last) this.#take(line);
    return undefined;
  }

  /** Takes what stands before a line feed. @returns false if it is not plain. */
  #takeLine(line: string): boolean {
    if (line.length > this.#longest || line.includes('"')) return false;
    const back = line.indexOf("\r");
    if (back === -1) {
      this.#ends.add("\n");
      this.#take(line);
    } else if (back === line.length - 1) {
      this.#ends.add("\r\n");
      this.#take(line.slice(0, -1));
    } else {
      this.#ends.add("\r").add(line.endsWith("\r") ? "\r\n" : "\n");
      const lines = (line.endsWith("\r") ? line.slice(0, -1) : line).split("\r");
      for (const each of lines) this.#take(each);
    }
    return true;
  }

  /**
   * Takes the lines of a stretch without a line feed that end with a carriage return, the last
   * excepted: a line feed may follow in the next piece.
   */
  #takeOldLines(stretch: string): string | { readonly left: string } {
    let start = 0;
    for (;;) {
      const end = stretch.indexOf("\r", start);
      if (end === -1 || end === stretch.length - 1) return stretch.slice(start);
      const line = stretch.slice(start, end);
      if (line.includes('"')) return { left: stretch.slice(start) };
      this.#ends.add("\r");
      this.#take(line);
      start = end + 1;
    }
  }

  #take(line: string): void {
    this.#lines += 1;
    if (line !== "") this.#onRecord(line.split(this.#separator), this.#lines);
  }
}
