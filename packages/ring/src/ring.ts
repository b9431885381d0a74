import { MoongateError } from "@moongate/errors";
import type { Allocator, Arena, Matrix, ProductOptions, RingOptions, Words } from "./types.ts";

const pending = (..._: unknown[]): never => {
  throw new MoongateError("INTERNAL", "this kernel is not there yet");
};

export class Ring implements Allocator {
  copy(out: Matrix, a: Matrix): Matrix {
    return pending(out, a);
  }
  fill(out: Matrix, value: bigint): Matrix {
    return pending(out, value);
  }
  add(out: Matrix, a: Matrix, b: Matrix): Matrix {
    return pending(out, a, b);
  }
  subtract(out: Matrix, a: Matrix, b: Matrix): Matrix {
    return pending(out, a, b);
  }
  negate(out: Matrix, a: Matrix): Matrix {
    return pending(out, a);
  }
  addConstant(out: Matrix, a: Matrix, constant: bigint): Matrix {
    return pending(out, a, constant);
  }
  scale(out: Matrix, a: Matrix, factor: bigint): Matrix {
    return pending(out, a, factor);
  }
  shiftLeft(out: Matrix, a: Matrix, bits: number): Matrix {
    return pending(out, a, bits);
  }
  hadamard(out: Matrix, a: Matrix, b: Matrix): Matrix {
    return pending(out, a, b);
  }
  multiply(out: Matrix, a: Matrix, b: Matrix, options: ProductOptions = {}): Matrix {
    return pending(out, a, b, options);
  }
  multiplyTransposed(out: Matrix, a: Matrix, b: Matrix, options: ProductOptions = {}): Matrix {
    return pending(out, a, b, options);
  }
  transpose(out: Matrix, a: Matrix): Matrix {
    return pending(out, a);
  }
  gather(out: Matrix, a: Matrix, rows: Words): Matrix {
    return pending(out, a, rows);
  }
  sumRows(out: Matrix, a: Matrix): Matrix {
    return pending(out, a);
  }
  encode(out: Matrix, values: Float64Array | readonly number[], bits: number): Matrix {
    return pending(out, values, bits);
  }
  decode(a: Matrix, bits: number): Float64Array {
    return pending(a, bits);
  }
  maximumMagnitude(a: Matrix): bigint {
    return pending(a);
  }
  phase(out: Words, share: Matrix, periodBits: number): Words {
    return pending(out, share, periodBits);
  }
  addWords(out: Words, a: Words, b: Words): Words {
    return pending(out, a, b);
  }
  subtractWords(out: Words, a: Words, b: Words): Words {
    return pending(out, a, b);
  }
  harmonics(out: Matrix, angle: Words, bits: number): Matrix {
    return pending(out, angle, bits);
  }
  fourier(
    out: Matrix,
    angle: Words,
    dealt: Matrix,
    sine: Float64Array,
    cosine: Float64Array,
    publicBits: number,
  ): Matrix {
    return pending(out, angle, dealt, sine, cosine, publicBits);
  }
  truncateOpening(out: Matrix, x: Matrix, r: Matrix, first: boolean): Matrix {
    return pending(out, x, r, first);
  }
  truncateDeal(shifted: Matrix, topBit: Matrix, r: Matrix, bits: number): void {
    return pending(shifted, topBit, r, bits);
  }
  truncateClose(
    out: Matrix,
    opened: Matrix,
    shiftedShare: Matrix,
    topBitShare: Matrix,
    bits: number,
    first: boolean,
  ): Matrix {
    return pending(out, opened, shiftedShare, topBitShare, bits, first);
  }
  fromBigints(
    values: readonly bigint[],
    rows: number,
    cols: number,
    allocator: Allocator = this,
  ): Matrix {
    return pending(values, rows, cols, allocator);
  }
  toBigints(m: Matrix): bigint[] {
    return pending(m);
  }
  matrix(rows: number, cols: number): Matrix {
    return pending(rows, cols);
  }
  words(length: number): Words {
    return pending(length);
  }
  arena(): Arena {
    return pending();
  }
  get memoryBytes(): number {
    return pending();
  }
  static create(options: RingOptions = {}): Promise<Ring> {
    return pending(options);
  }
}
