import { at } from "@moongate/errors";
import type { Rows } from "../values.ts";

/** A stretch of consecutive rows, and where it goes in the batch. */
interface Run {
  readonly row: number;
  readonly count: number;
  readonly at: number;
}

/** Stretches of consecutive rows: batches are made of blocks, so there are few. */
export function* runs(rows: Rows): Generator<Run> {
  for (let from = 0; from < rows.length; ) {
    const row = at(rows, from);
    let count = 1;
    while (from + count < rows.length && rows[from + count] === row + count) count += 1;
    yield { row, count, at: from };
    from += count;
  }
}

/** Rows of one block of a table that is kept in blocks; a multiple of what the schedule keeps together. */
export const BLOCK_ROWS = 64;

/** A stretch of rows of one block: its number, the first row within it, how many, and where it goes. */
interface Piece {
  readonly block: number;
  readonly within: number;
  readonly count: number;
  readonly at: number;
}

/** The same stretches, cut where a block ends. */
export function* pieces(rows: Rows): Generator<Piece> {
  for (const { row, count, at } of runs(rows)) {
    for (let done = 0; done < count; ) {
      const block = Math.floor((row + done) / BLOCK_ROWS);
      const within = row + done - block * BLOCK_ROWS;
      const size = Math.min(count - done, BLOCK_ROWS - within);
      yield { block, within, count: size, at: at + done };
      done += size;
    }
  }
}
