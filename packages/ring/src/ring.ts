import { allocateMatrix, allocateWords, ChunkArena } from "./allocation.ts";
import { checkLength } from "./checks.ts";
import { type Core, createCore } from "./core.ts";
import * as angles from "./kernels/angles.ts";
import * as elementwise from "./kernels/elementwise.ts";
import * as fixedPoint from "./kernels/fixed-point.ts";
import * as movement from "./kernels/movement.ts";
import * as products from "./kernels/products.ts";
import * as sineLayer from "./kernels/sine-layer.ts";
import * as trigonometry from "./kernels/trigonometry.ts";
import * as truncation from "./kernels/truncation.ts";
import type { Allocator, Arena, Matrix, ProductOptions, RingOptions, Words } from "./types.ts";

/**
 * Arithmetic in Z_2^64 on matrices in a WASM memory of its own.
 *
 * Elements are unsigned words; signed values are their two's complement. Every operation writes its
 * result to `out` and returns it. Elementwise, `out` may be one of the inputs; products, transpose,
 * gather, sumRows and fourier refuse a result that overlaps an input. Wrong shapes, and tensors of
 * another ring, are refused with SHAPE_MISMATCH, bit counts out of range with SCALE_MISMATCH.
 */
export class Ring implements Allocator {
  readonly #core: Core;
  readonly #take = (bytes: number): number => this.#core.memory.take(bytes);

  private constructor(core: Core) {
    this.#core = core;
  }

  /** A ring with an own memory, which starts small and grows as matrices are allocated. */
  static async create(options: RingOptions = {}): Promise<Ring> {
    return new Ring(await createCore(options));
  }

  /** A zeroed matrix that lives as long as the ring. @throws MEMORY_EXHAUSTED */
  matrix(rows: number, cols: number): Matrix {
    return allocateMatrix(this.#core.memory, this.#take, rows, cols);
  }

  /** A zeroed vector of u32 that lives as long as the ring. @throws MEMORY_EXHAUSTED */
  words(length: number): Words {
    return allocateWords(this.#core.memory, this.#take, length);
  }

  /** Memory for what lives no longer than, say, a training step. */
  arena(): Arena {
    return new ChunkArena(this.#core.memory);
  }

  /** The size of the WASM memory. */
  get memoryBytes(): number {
    return this.#core.memory.buffer.byteLength;
  }

  /** Any integers (taken mod 2^64) as a matrix. Slow: for tests. */
  fromBigints(
    values: readonly bigint[],
    rows: number,
    cols: number,
    allocator: Allocator = this,
  ): Matrix {
    const out = allocator.matrix(rows, cols);
    checkLength("the list of integers", values.length, rows * cols);
    out.words().set(values);
    return out;
  }

  /** The words as unsigned integers. Slow: for tests. */
  toBigints(m: Matrix): bigint[] {
    return [...m.words()];
  }

  /** out = a */
  copy(out: Matrix, a: Matrix): Matrix {
    return elementwise.copy(this.#core, out, a);
  }

  /** Every word of out = value mod 2^64. */
  fill(out: Matrix, value: bigint): Matrix {
    return elementwise.fill(this.#core, out, value);
  }

  /** out = a + b */
  add(out: Matrix, a: Matrix, b: Matrix): Matrix {
    return elementwise.add(this.#core, out, a, b);
  }

  /** out = a - b */
  subtract(out: Matrix, a: Matrix, b: Matrix): Matrix {
    return elementwise.subtract(this.#core, out, a, b);
  }

  /** out = -a */
  negate(out: Matrix, a: Matrix): Matrix {
    return elementwise.negate(this.#core, out, a);
  }

  /** out = a + constant in every element */
  addConstant(out: Matrix, a: Matrix, constant: bigint): Matrix {
    return elementwise.addConstant(this.#core, out, a, constant);
  }

  /** out = factor a */
  scale(out: Matrix, a: Matrix, factor: bigint): Matrix {
    return elementwise.scale(this.#core, out, a, factor);
  }

  /** out = 2^bits a, bits from 0 to 63 */
  shiftLeft(out: Matrix, a: Matrix, bits: number): Matrix {
    return elementwise.shiftLeft(this.#core, out, a, bits);
  }

  /** out = a ∘ b, elementwise */
  hadamard(out: Matrix, a: Matrix, b: Matrix): Matrix {
    return elementwise.hadamard(this.#core, out, a, b);
  }

  /** out (+)= a[rows] · b. Shapes: a n x d, b d x k, out |rows| x k. */
  multiply(out: Matrix, a: Matrix, b: Matrix, options: ProductOptions = {}): Matrix {
    return products.multiply(this.#core, out, a, b, options);
  }

  /** out (+)= a[rows]ᵀ · b. Shapes: a n x d, b |rows| x k, out d x k. */
  multiplyTransposed(out: Matrix, a: Matrix, b: Matrix, options: ProductOptions = {}): Matrix {
    return products.multiplyTransposed(this.#core, out, a, b, options);
  }

  /** out = aᵀ */
  transpose(out: Matrix, a: Matrix): Matrix {
    return movement.transpose(this.#core, out, a);
  }

  /** out = a[rows] */
  gather(out: Matrix, a: Matrix, rows: Words): Matrix {
    return movement.gather(this.#core, out, a, rows);
  }

  /** out (1 x k) = the sum of the rows of a (n x k) */
  sumRows(out: Matrix, a: Matrix): Matrix {
    return movement.sumRows(this.#core, out, a);
  }

  /**
   * out = round(2^bits values), halves to the even neighbour; bits from 0 to 62.
   * @throws SATURATION with the position (never the value) of the first value that is NaN or of
   *   magnitude 2^(62 - bits) or more; out is then all zero.
   */
  encode(out: Matrix, values: Float64Array | readonly number[], bits: number): Matrix {
    return fixedPoint.encode(this.#core, out, values, bits);
  }

  /** The two's complement values / 2^bits, each rounded to the nearest double; bits from 0 to 64. */
  decode(a: Matrix, bits: number): Float64Array {
    return fixedPoint.decode(this.#core, a, bits);
  }

  /** The largest magnitude of the two's complement values; 0 for an empty matrix. */
  maximumMagnitude(a: Matrix): bigint {
    return fixedPoint.maximumMagnitude(this.#core, a);
  }

  /**
   * The phase of each element for a function of period 2^periodBits (1 to 64), as an angle: the low
   * periodBits bits, of which the top 32. Phases of shares add up to the phase of the sum, or one
   * unit below it (the carry out of the bits that were dropped).
   */
  phase(out: Words, share: Matrix, periodBits: number): Words {
    return angles.phase(this.#core, out, share, periodBits);
  }

  /** out = a + b mod 2^32 */
  addWords(out: Words, a: Words, b: Words): Words {
    return angles.addWords(this.#core, out, a, b);
  }

  /** out = a - b mod 2^32 */
  subtractWords(out: Words, a: Words, b: Words): Words {
    return angles.subtractWords(this.#core, out, a, b);
  }

  /**
   * Row k-1 of out (2K x n) = round(2^bits sin 2πk angle/2^32), row K+k-1 the same of cos, for k = 1
   * to K; bits from 0 to 30. Sine and cosine are within 1.2 units at 2^-30 before that rounding.
   */
  harmonics(out: Matrix, angle: Words, bits: number): Matrix {
    return trigonometry.harmonics(this.#core, out, angle, bits);
  }

  /**
   * The share of f(c - r) = Σ_k a_k sin k(c - r) + b_k cos k(c - r), by sin k(c-r) = sin kc cos kr -
   * cos kc sin kr (Boura et al., Financial Cryptography 2018):
   *
   * out_i = Σ_k round(2^pb (a_k sin kc_i + b_k cos kc_i)) C_ki + round(2^pb (b_k sin kc_i - a_k cos kc_i)) S_ki
   *
   * The public factors are whole-number arithmetic, bit for bit equal on every machine.
   * @param out n elements of any shape, at scale publicBits + bits of `dealt`
   * @param angle the opened c, n angles
   * @param dealt 2K x n: this party's share of harmonics(r), the rows S, then the rows C
   * @param sine a_1 to a_K, below 16 in magnitude (else SATURATION), kept at 28 bits
   * @param cosine b_1 to b_K, likewise
   * @param publicBits pb, from 0 to 30
   */
  fourier(
    out: Matrix,
    angle: Words,
    dealt: Matrix,
    sine: Float64Array,
    cosine: Float64Array,
    publicBits: number,
  ): Matrix {
    return trigonometry.fourier(this.#core, out, angle, dealt, sine, cosine, publicBits);
  }

  /** This party's share of what truncation opens: out = x + r, plus 2^62 at the first party. */
  truncateOpening(out: Matrix, x: Matrix, r: Matrix, first: boolean): Matrix {
    return truncation.truncateOpening(this.#core, out, x, r, first);
  }

  /** What the dealer shares for truncation by bits (1 to 62): shifted = r >> bits, topBit = r >> 63. */
  truncateDeal(shifted: Matrix, topBit: Matrix, r: Matrix, bits: number): void {
    truncation.truncateDeal(this.#core, shifted, topBit, r, bits);
  }

  /**
   * This party's share of x >> bits (1 to 62), |x| < 2^62, from the opened c = x + 2^62 + r; the two
   * shares add up to floor(x / 2^bits) or one more.
   */
  truncateClose(
    out: Matrix,
    opened: Matrix,
    shiftedShare: Matrix,
    topBitShare: Matrix,
    bits: number,
    first: boolean,
  ): Matrix {
    const core = this.#core;
    return truncation.truncateClose(core, out, opened, shiftedShare, topBitShare, bits, first);
  }

  /** A party's forward round of a sine layer; `publicBits` of the factors of a. */
  sineForward(
    out: { readonly activation: Matrix; readonly output: Matrix },
    parts: sineLayer.SineForward,
    publicBits: number,
  ): void {
    sineLayer.sineForward(this.#core, out, parts, publicBits);
  }

  /** A party's backward round: gradient = aᵀ e, hidden = (e Wᵀ) ∘ cos(2πu). */
  sineBackward(
    out: { readonly gradient: Matrix; readonly hidden: Matrix },
    parts: sineLayer.SineBackward,
    publicBits: { readonly forward: number; readonly backward: number },
  ): void {
    sineLayer.sineBackward(this.#core, out, parts, publicBits);
  }

  /** Dealer: out (2 × nHk) = every harmonic (2 × nH) times its unit's row of β (H × k). */
  sineDealForward(out: Matrix, harmonics: Matrix, beta: Matrix): Matrix {
    return sineLayer.sineDealForward(this.#core, out, harmonics, beta);
  }

  /** Dealer: every harmonic times its row of η (n × k), and times Σ_j η_ij β_hj. */
  sineDealBackward(
    out: { readonly harmonicsEta: Matrix; readonly harmonicsBetaEta: Matrix },
    parts: { readonly harmonics: Matrix; readonly beta: Matrix; readonly eta: Matrix },
  ): void {
    sineLayer.sineDealBackward(this.#core, out, parts);
  }
}
