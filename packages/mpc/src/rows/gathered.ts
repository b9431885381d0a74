import type { Rows, VerticalMatrix } from "../values.ts";

/** How a machine collects rows of a table, and finds some of them in what it has collected. */
export interface Gathering<X, Parts> {
  collect(x: X, rows: Rows): Parts;
  /** Rows from (inclusive) to (exclusive) of these parts. */
  range(parts: Parts, from: number, to: number, x: X): Parts;
}

/**
 * The rows of a step, gathered once for its forward and its backward products. Backward products
 * may take a stretch of the batch (`rows.subarray`): they find it in what was gathered.
 */
export class Gathered<X extends VerticalMatrix, Parts> {
  readonly #gathering: Gathering<X, Parts>;
  #kept: { readonly x: X; readonly rows: Rows; readonly parts: Parts } | undefined;

  constructor(gathering: Gathering<X, Parts>) {
    this.#gathering = gathering;
  }

  take(x: X, rows: Rows): Parts {
    const kept = this.#kept;
    const from = kept?.x === x ? offsetIn(kept.rows, rows) : undefined;
    if (kept !== undefined && from !== undefined) {
      const all = from === 0 && rows.length === kept.rows.length;
      return all ? kept.parts : this.#gathering.range(kept.parts, from, from + rows.length, x);
    }
    const parts = this.#gathering.collect(x, rows);
    this.#kept = { x, rows, parts };
    return parts;
  }

  /** Forgets what was gathered, at the end of the step. */
  clear(): void {
    this.#kept = undefined;
  }
}

/** The place where a view of the same list of rows begins in it; undefined for another list. */
function offsetIn(list: Rows, view: Rows): number | undefined {
  if (view.buffer !== list.buffer) return undefined;
  const from = (view.byteOffset - list.byteOffset) / list.BYTES_PER_ELEMENT;
  return from >= 0 && from + view.length <= list.length ? from : undefined;
}
