import type { FeatureRows } from "../features.ts";
import { type Side, SIDES } from "../side.ts";
import type { Rows } from "../values.ts";
import { BLOCK_ROWS, pieces } from "./runs.ts";

/** Blocks kept in memory; the others are taken from the source again whenever they are needed. */
export const KEPT_PLAIN_BYTES = 128 * 2 ** 20;

/** The twin's table: both sides' columns side by side, in the clear, media's first. */
export class PlainRows {
  readonly #sources: Readonly<Record<Side, FeatureRows>>;
  readonly #width: Readonly<Record<Side, number>>;
  readonly #rows: number;
  readonly #kept = new Map<number, Float64Array>();
  #room: number;

  constructor(
    sources: Readonly<Record<Side, FeatureRows>>,
    rows: number,
    width: Readonly<Record<Side, number>>,
    keepBytes: number = KEPT_PLAIN_BYTES,
  ) {
    this.#sources = sources;
    this.#rows = rows;
    this.#width = width;
    this.#room = keepBytes;
  }

  /** These rows, row-major. */
  gather(rows: Rows): Float64Array {
    const total = this.#width.media + this.#width.commerce;
    const out = new Float64Array(rows.length * total);
    for (const { block, within, count, at } of pieces(rows)) {
      const values = this.#block(block);
      out.set(values.subarray(within * total, (within + count) * total), at * total);
    }
    return out;
  }

  #block(block: number): Float64Array {
    const kept = this.#kept.get(block);
    if (kept !== undefined) return kept;
    const first = block * BLOCK_ROWS;
    const values = this.#joined(first, Math.min(first + BLOCK_ROWS, this.#rows));
    if (values.byteLength <= this.#room) {
      this.#room -= values.byteLength;
      this.#kept.set(block, values);
    }
    return values;
  }

  #joined(from: number, to: number): Float64Array {
    const width = this.#width;
    const total = width.media + width.commerce;
    const out = new Float64Array((to - from) * total);
    for (const side of SIDES) {
      const values = this.#sources[side].rows(from, to);
      const first = side === "media" ? 0 : width.media;
      for (let row = 0; row < to - from; row++) {
        const own = values.subarray(row * width[side], (row + 1) * width[side]);
        out.set(own, row * total + first);
      }
    }
    return out;
  }
}
