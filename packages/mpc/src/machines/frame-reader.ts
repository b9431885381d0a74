import { MoongateError } from "@moongate/errors";
import type { Allocator, Matrix, Words } from "@moongate/ring";
import { ANGLE, WORD } from "../cost.ts";

/** Takes tensors off a received frame in order, into ring memory. */
export class TensorReader {
  readonly #bytes: Uint8Array;
  readonly #memory: Allocator;
  #offset = 0;

  constructor(bytes: Uint8Array, memory: Allocator) {
    this.#bytes = bytes;
    this.#memory = memory;
  }

  matrix(rows: number, cols: number): Matrix {
    const matrix = this.#memory.matrix(rows, cols);
    matrix.bytes().set(this.#take(rows * cols * WORD));
    return matrix;
  }

  words(length: number): Words {
    const words = this.#memory.words(length);
    words.bytes().set(this.#take(length * ANGLE));
    return words;
  }

  /** The next bytes as they came. */
  bytes(length: number): Uint8Array {
    return this.#take(length);
  }

  /** Bytes not taken yet. */
  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  /** @throws FRAME_INVALID when an operation used less than it declared. */
  requireEnd(what: string): void {
    if (this.left !== 0) {
      throw new MoongateError("FRAME_INVALID", `${what} has ${this.left} bytes too many`);
    }
  }

  #take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) {
      throw new MoongateError(
        "FRAME_INVALID",
        `a frame ended ${end - this.#bytes.length} bytes too early`,
      );
    }
    const slice = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return slice;
  }
}
