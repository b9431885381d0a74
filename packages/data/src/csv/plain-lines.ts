/**
 * The quick half of reading CSV: lines that are nothing but fields between commas. It stops at the
 * first line that needs a real parser: one with a quote, with a carriage return elsewhere than at
 * its end, or longer than any record may be.
 */
export class PlainLines {
  readonly #onRecord: (fields: readonly string[], line: number) => void;
  readonly #longest: number;
  #rest = "";
  #lineEnd: "\n" | "\r\n" | undefined;
  #lines = 0;

  constructor(onRecord: (fields: readonly string[], line: number) => void, longest: number) {
    this.#onRecord = onRecord;
    this.#longest = longest;
  }

  /** Lines taken so far, empty ones included. */
  get lines(): number {
    return this.#lines;
  }

  /** What the first line ended with, once it has. */
  get lineEnd(): "\n" | "\r\n" | undefined {
    return this.#lineEnd;
  }

  /** Takes the next piece of the file. @returns what it leaves to the parser, if it stops here. */
  push(text: string): string | undefined {
    const all = this.#rest + text;
    let start = 0;
    for (let end = all.indexOf("\n"); end !== -1; end = all.indexOf("\n", start)) {
      const line = this.#plain(all.slice(start, end));
      if (line === undefined) return all.slice(start);
      this.#take(line);
      start = end + 1;
    }
    this.#rest = all.slice(start);
    return this.#rest.length > this.#longest ? this.#rest : undefined;
  }

  /** The file has ended: takes a last line without a line end. @returns as push */
  finish(): string | undefined {
    if (/["\r]/.test(this.#rest)) return this.#rest;
    this.#take(this.#rest);
    return undefined;
  }

  /** The line without its end; undefined if it is not plain. */
  #plain(line: string): string | undefined {
    const ended = line.endsWith("\r");
    this.#lineEnd ??= ended ? "\r\n" : "\n";
    if (line.length > this.#longest || line.includes('"')) return undefined;
    if (this.#lineEnd === "\n") return line.includes("\r") ? undefined : line;
    return ended && line.indexOf("\r") === line.length - 1 ? line.slice(0, -1) : undefined;
  }

  #take(line: string): void {
    this.#lines += 1;
    if (line !== "") this.#onRecord(line.split(","), this.#lines);
  }
}
