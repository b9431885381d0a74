import { MoongateError } from "@moongate/errors";
import type { Matrix } from "@moongate/ring";
import type { FeatureRows } from "../features.ts";
import type { Rows } from "../values.ts";

/** Rows that are encoded at once, when the first of them is needed. */
export const ROWS_A_STRETCH = 2048;

/**
 * A party's own features in fixed point, two bytes a value: they are small (within ±8 at 12 bits)
 * and only ever needed a batch at a time. They are taken from their source in stretches, as they
 * are first needed, so that as doubles they never exist all together.
 */
export class OwnRows {
  readonly #values: Int16Array;
  readonly #rows: number;
  readonly #width: number;
  readonly #factor: number;
  readonly #taken: Uint8Array;
  #left: number;
  /** Let go once every row was taken, and with it the table behind it. */
  #source: FeatureRows | undefined;

  /** Values are rounded to the nearest multiple of 2^-bits. */
  constructor(source: FeatureRows, rows: number, width: number, bits: number) {
    this.#source = source;
    this.#rows = rows;
    this.#width = width;
    this.#factor = 2 ** bits;
    this.#values = new Int16Array(rows * width);
    this.#left = Math.ceil(rows / ROWS_A_STRETCH);
    this.#taken = new Uint8Array(this.#left);
  }

  /**
   * out = these rows as ring elements.
   * @throws SATURATION with the position of a value that is NaN or does not fit.
   */
  gather(rows: Rows, out: Matrix): void {
    const width = this.#width;
    const bytes = out.bytes();
    const halves = new Int32Array(bytes.buffer, bytes.byteOffset, 2 * rows.length * width);
    let to = 0;
    for (const row of rows) {
      const stretch = Math.floor(row / ROWS_A_STRETCH);
      if (this.#taken[stretch] === 0) this.#take(stretch);
      for (let from = row * width, end = from + width; from < end; from++, to += 2) {
        const value = this.#values[from] ?? 0;
        halves[to] = value;
        halves[to + 1] = value >> 31;
      }
    }
  }

  /**
   * Every row as it enters products, little endian: to be hashed, never to be sent.
   * @throws SATURATION
   */
  bytes(): Uint8Array {
    this.#taken.forEach((taken, stretch) => {
      if (taken === 0) this.#take(stretch);
    });
    return new Uint8Array(this.#values.buffer);
  }

  #take(stretch: number): void {
    const first = stretch * ROWS_A_STRETCH;
    const last = Math.min(first + ROWS_A_STRETCH, this.#rows);
    const values = this.#source?.rows(first, last) ?? new Float64Array();
    const start = first * this.#width;
    for (let index = 0; index < values.length; index++) {
      const word = Math.round((values[index] ?? Number.NaN) * this.#factor);
      if (!(word >= -32_768 && word <= 32_767)) throw this.#saturated(start + index);
      this.#values[start + index] = word;
    }
    this.#taken[stretch] = 1;
    this.#left -= 1;
    if (this.#left === 0) this.#source = undefined;
  }

  #saturated(index: number): MoongateError {
    const [row, col] = [Math.floor(index / this.#width), index % this.#width];
    const range = 32_768 / this.#factor;
    return new MoongateError(
      "SATURATION",
      `the feature in row ${row}, column ${col} is not a number within ±${range}`,
      { cure: "Prepare the features so that they stay within ±4.", details: { row, col } },
    );
  }
}
