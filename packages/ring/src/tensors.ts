import { MoongateError } from "@moongate/errors";
import type { RingMemory } from "./memory.ts";
import type { Matrix, Words } from "./types.ts";

/** A matrix at an address. Its views are kept until the memory grows, which gives it a new buffer. */
export class MemoryMatrix implements Matrix {
  readonly memory: RingMemory;
  readonly pointer: number;
  readonly rows: number;
  readonly cols: number;
  #words: BigUint64Array | undefined;
  #bytes: Uint8Array | undefined;

  constructor(memory: RingMemory, pointer: number, rows: number, cols: number) {
    this.memory = memory;
    this.pointer = pointer;
    this.rows = rows;
    this.cols = cols;
  }

  words(): BigUint64Array {
    const { buffer } = this.memory;
    if (this.#words?.buffer === buffer) return this.#words;
    return (this.#words = new BigUint64Array(buffer, this.pointer, this.rows * this.cols));
  }

  bytes(): Uint8Array {
    const { buffer } = this.memory;
    if (this.#bytes?.buffer === buffer) return this.#bytes;
    return (this.#bytes = new Uint8Array(buffer, this.pointer, this.rows * this.cols * 8));
  }

  rowRange(from: number, to: number): Matrix {
    const whole = Number.isSafeInteger(from) && Number.isSafeInteger(to);
    if (!whole || from < 0 || to < from || to > this.rows) {
      throw new MoongateError(
        "SHAPE_MISMATCH",
        `rows ${from} to ${to} are not a range of ${this.rows} rows`,
      );
    }
    return new MemoryMatrix(this.memory, this.pointer + from * this.cols * 8, to - from, this.cols);
  }
}

/** A vector of u32 at an address; views as in MemoryMatrix. */
export class MemoryWords implements Words {
  readonly memory: RingMemory;
  readonly pointer: number;
  readonly length: number;
  #words: Uint32Array | undefined;
  #bytes: Uint8Array | undefined;

  constructor(memory: RingMemory, pointer: number, length: number) {
    this.memory = memory;
    this.pointer = pointer;
    this.length = length;
  }

  words(): Uint32Array {
    const { buffer } = this.memory;
    if (this.#words?.buffer === buffer) return this.#words;
    return (this.#words = new Uint32Array(buffer, this.pointer, this.length));
  }

  bytes(): Uint8Array {
    const { buffer } = this.memory;
    if (this.#bytes?.buffer === buffer) return this.#bytes;
    return (this.#bytes = new Uint8Array(buffer, this.pointer, this.length * 4));
  }
}
