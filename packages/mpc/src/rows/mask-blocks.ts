import type { Matrix } from "@moongate/ring";
import type { TableMask } from "../masks.ts";
import type { Rows } from "../values.ts";
import { BLOCK_ROWS, pieces } from "./runs.ts";

/** Blocks kept in memory, per side; beyond that they are expanded from the seed again. */
export const KEPT_BYTES = 128 * 2 ** 20;

/**
 * The dealer's data mask of one side: it needs no memory for it, only the seed. The first blocks
 * are kept because they fit, not because they must.
 */
export class MaskBlocks {
  readonly #mask: TableMask;
  readonly #width: number;
  readonly #rows: number;
  readonly #kept = new Map<number, Uint8Array>();
  #room: number;

  constructor(mask: TableMask, rows: number, width: number, keepBytes = KEPT_BYTES) {
    this.#mask = mask;
    this.#rows = rows;
    this.#width = width;
    this.#room = keepBytes;
  }

  /** out = the masks of these rows. */
  gather(rows: Rows, out: Matrix): void {
    const rowBytes = this.#width * 8;
    const target = out.bytes();
    for (const { block, within, count, at } of pieces(rows)) {
      const from = within * rowBytes;
      const bytes = this.#block(block);
      target.set(bytes.subarray(from, from + count * rowBytes), at * rowBytes);
    }
  }

  #block(block: number): Uint8Array {
    const kept = this.#kept.get(block);
    if (kept !== undefined) return kept;
    const first = block * BLOCK_ROWS;
    const rows = Math.min(BLOCK_ROWS, this.#rows - first);
    const bytes = new Uint8Array(rows * this.#width * 8);
    this.#mask.fill(first, bytes);
    if (bytes.length <= this.#room) {
      this.#room -= bytes.length;
      this.#kept.set(block, bytes);
    }
    return bytes;
  }
}
