import { MoongateError } from "@moongate/errors";
import type { Matrix } from "@moongate/ring";
import type { Rows } from "../values.ts";

/**
 * A party's own features in fixed point, two bytes a value: they are small (within ±8 at 12 bits)
 * and only ever needed a batch at a time.
 */
export class OwnRows {
  readonly #values: Int16Array;
  readonly #width: number;

  /**
   * @param values row-major; rounded to the nearest multiple of 2^-bits.
   * @throws SATURATION with the position of a value that is NaN or does not fit.
   */
  constructor(values: Float64Array, width: number, bits: number) {
    this.#width = width;
    this.#values = new Int16Array(values.length);
    const factor = 2 ** bits;
    for (let index = 0; index < values.length; index++) {
      const word = Math.round((values[index] ?? Number.NaN) * factor);
      if (!(word >= -32_768 && word <= 32_767)) {
        const [row, col] = [Math.floor(index / width), index % width];
        const range = 32_768 / factor;
        throw new MoongateError(
          "SATURATION",
          `the feature in row ${row}, column ${col} is not a number within ±${range}`,
          { cure: "Prepare the features so that they stay within ±4.", details: { row, col } },
        );
      }
      this.#values[index] = word;
    }
  }

  /** out = these rows as ring elements. */
  gather(rows: Rows, out: Matrix): void {
    const width = this.#width;
    const bytes = out.bytes();
    const halves = new Int32Array(bytes.buffer, bytes.byteOffset, 2 * rows.length * width);
    let to = 0;
    for (const row of rows) {
      for (let from = row * width, end = from + width; from < end; from++, to += 2) {
        const value = this.#values[from] ?? 0;
        halves[to] = value;
        halves[to + 1] = value >> 31;
      }
    }
  }
}
