/** A row-major matrix of elements of Z_2^64 that lives in a ring's memory. */
export interface Matrix {
  readonly rows: number;
  readonly cols: number;
  /** Byte offset of the first word in the ring's memory. */
  readonly pointer: number;
  /** The words, little endian. A view dies when the memory grows: take one, use it, drop it. */
  words(): BigUint64Array;
  /** The same memory as bytes, under the same condition. */
  bytes(): Uint8Array;
  /** Rows `from` (inclusive) to `to` (exclusive); shares memory with this matrix. */
  rowRange(from: number, to: number): Matrix;
}

/** A vector of 32-bit words in a ring's memory: angles or row indices. */
export interface Words {
  readonly length: number;
  /** Byte offset of the first word in the ring's memory. */
  readonly pointer: number;
  /** The words, little endian. A view dies when the memory grows: take one, use it, drop it. */
  words(): Uint32Array;
  /** The same memory as bytes, under the same condition. */
  bytes(): Uint8Array;
}

/** A source of zeroed ring memory. */
export interface Allocator {
  /** @throws MEMORY_EXHAUSTED when the ring's memory cannot grow enough. */
  matrix(rows: number, cols: number): Matrix;
  /** @throws MEMORY_EXHAUSTED when the ring's memory cannot grow enough. */
  words(length: number): Words;
}

/** Short-lived ring memory: everything allocated since the last reset is forgotten at once. */
export interface Arena extends Allocator {
  /** Forget everything allocated here; the memory is reused, and old matrices must not be. */
  reset(): void;
}

export interface RingOptions {
  /** Upper bound of the memory, 1 to 4096 (the default). Untouched memory costs nothing. */
  readonly maximumMegabytes?: number | undefined;
}

export interface ProductOptions {
  /** Use only these rows of the left factor, in this order; repetitions are allowed. */
  readonly rows?: Words | undefined;
  /** Add to `out` instead of overwriting it. */
  readonly accumulate?: boolean | undefined;
}
