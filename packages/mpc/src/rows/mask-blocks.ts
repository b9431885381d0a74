import type { Matrix } from "@moongate/ring";
import type { MaskSource } from "../masks.ts";
import type { Rows } from "../values.ts";
import { runs } from "./masked-rows.ts";

/** Rows of one block; a multiple of what the schedule keeps together. */
const BLOCK_ROWS = 64;
/** Blocks kept in memory, per side; beyond that they are expanded from the seed again. */
export const KEPT_BYTES = 128 * 2 ** 20;

/**
 * The dealer's data mask of one side: it needs no memory for it, only the seed. The first blocks
 * are kept because they fit, not because they must.
 */
export class MaskBlocks {
  readonly #source: MaskSource;
  readonly #width: number;
  readonly #rows: number;
  readonly #kept = new Map<number, Uint8Array>();
  #room: number;

  constructor(source: MaskSource, rows: number, width: number, keepBytes = KEPT_BYTES) {
    this.#source = source;
    this.#rows = rows;
    this.#width = width;
    this.#room = keepBytes;
  }

  /** out = the masks of these rows. */
  gather(rows: Rows, out: Matrix): void {
    const rowBytes = this.#width * 8;
    const target = out.bytes();
    for (let { row, count, at } of runs(rows)) {
      while (count > 0) {
        const block = Math.floor(row / BLOCK_ROWS);
        const within = row - block * BLOCK_ROWS;
        const size = Math.min(count, BLOCK_ROWS - within);
        const bytes = this.#block(block);
        target.set(bytes.subarray(within * rowBytes, (within + size) * rowBytes), at * rowBytes);
        row += size;
        at += size;
        count -= size;
      }
    }
  }

  #block(block: number): Uint8Array {
    const kept = this.#kept.get(block);
    if (kept !== undefined) return kept;
    const first = block * BLOCK_ROWS;
    const rows = Math.min(BLOCK_ROWS, this.#rows - first);
    const bytes = new Uint8Array(rows * this.#width * 8);
    this.#source.fillRows(first, this.#width, bytes);
    if (bytes.length <= this.#room) {
      this.#room -= bytes.length;
      this.#kept.set(block, bytes);
    }
    return bytes;
  }
}
