import { at } from "@moongate/errors";

/** The line on which each row ends, kept as the few places where lines and rows part. */
export class LineIndex {
  readonly #rows: number[] = [];
  readonly #offsets: number[] = [];

  /** Row numbers count from 0 and come in order. */
  add(row: number, line: number): void {
    const offset = line - row;
    if (offset === this.#offsets.at(-1)) return;
    this.#rows.push(row);
    this.#offsets.push(offset);
  }

  lineOf(row: number): number {
    let found = this.#rows.length - 1;
    while (found > 0 && at(this.#rows, found) > row) found -= 1;
    return found < 0 ? row : row + at(this.#offsets, found);
  }
}
