import { MoongateError } from "@moongate/errors";
import type { Arena, Matrix, Ring } from "@moongate/ring";
import type { Inputs, Offsets } from "../machine.ts";
import { discreteGaussianNoise, type GradientNoise } from "../noise/discrete-gaussian.ts";
import type { Side } from "../side.ts";
import {
  type DealerFlags,
  type PrivateMatrix,
  requireScale,
  requireShape,
  requireSideBySide,
  type Rows,
  type Shared,
} from "../values.ts";
import { copyColumns } from "./copy-columns.ts";
import type { Sealed } from "./seal.ts";

interface PartyShared extends Shared, Sealed {
  readonly share: Matrix;
}

interface PartyPrivate extends PrivateMatrix {
  /** Row-major, at the owner. */
  readonly values: Uint8Array | undefined;
}

/**
 * What a party computes on its shares alone, without a word to anybody: everything linear.
 * Media's share carries public constants.
 */
export class ShareArithmetic {
  readonly role: Side;
  readonly ring: Ring;
  /** Memory of the step. */
  protected readonly memory: Arena;
  readonly #noise: GradientNoise;

  constructor(role: Side, ring: Ring, noise: GradientNoise = discreteGaussianNoise()) {
    this.role = role;
    this.#noise = noise;
    this.ring = ring;
    this.memory = ring.arena();
  }

  protected get isFirst(): boolean {
    return this.role === "media";
  }

  privateMatrix(owner: Side, rows: number, cols: number, inputs: Inputs): PrivateMatrix {
    const values = owner === this.role ? inputs.labels : undefined;
    if (owner === this.role && values?.length !== rows * cols) {
      throw new MoongateError(
        "SHAPE_MISMATCH",
        `${values?.length ?? 0} labels for ${rows}×${cols}`,
      );
    }
    const matrix: PartyPrivate = { owner, rows, cols, values };
    return matrix;
  }

  dealerFlags(rows: number): DealerFlags {
    return { rows };
  }

  variable(rows: number, cols: number, scale: number, initial?: Float64Array): Shared {
    const share = this.ring.matrix(rows, cols);
    // The start is public, so one side may hold all of it.
    if (initial !== undefined && this.isFirst) this.ring.encode(share, initial, scale);
    return wrap(share, scale);
  }

  assign(variable: Shared, value: Shared): void {
    requireShape(value, variable.rows, variable.cols, "the assigned value");
    requireScale(value, variable.scale, "the assigned value");
    this.ring.copy(shareOf(variable), shareOf(value));
  }

  assignRows(variable: Shared, from: number, value: Shared): void {
    requireScale(value, variable.scale, "the assigned rows");
    this.ring.copy(shareOf(variable).rowRange(from, from + value.rows), shareOf(value));
  }

  save(value: Shared): Uint8Array {
    return shareOf(value).bytes().slice();
  }

  restore(rows: number, cols: number, scale: number, saved: Uint8Array | undefined): Shared {
    const share = this.ring.matrix(rows, cols);
    const bytes = share.bytes();
    if (saved?.length !== bytes.length) throw wrongLength(saved, rows, cols);
    bytes.set(saved);
    return wrap(share, scale);
  }

  add(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the second term");
    return this.#fresh(a, a.scale, (out) => {
      this.ring.add(out, shareOf(a), shareOf(b));
    });
  }

  subtract(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the second term");
    return this.#fresh(a, a.scale, (out) => {
      this.ring.subtract(out, shareOf(a), shareOf(b));
    });
  }

  multiplyInteger(a: Shared, factor: number): Shared {
    return this.#fresh(a, a.scale, (out) => {
      this.ring.scale(out, shareOf(a), BigInt(factor));
    });
  }

  addPublic(a: Shared, value: number): Shared {
    if (!this.isFirst) return a;
    return this.#fresh(a, a.scale, (out) => {
      this.ring.addConstant(out, shareOf(a), fixed(value, a.scale));
    });
  }

  timesPowerOfTwo(a: Shared, shift: number): Shared {
    return wrap(shareOf(a), a.scale - shift);
  }

  atScale(a: Shared, scale: number): Shared {
    return this.#fresh(a, scale, (out) => {
      this.ring.shiftLeft(out, shareOf(a), scale - a.scale);
    });
  }

  rowRange(a: Shared, from: number, to: number): Shared {
    return { ...wrap(shareOf(a).rowRange(from, to), a.scale), ...sealedAs(a) };
  }

  columnRange(a: Shared, from: number, to: number): Shared {
    if (from === 0 && to === a.cols) return a;
    const out = this.memory.matrix(a.rows, to - from);
    copyColumns(out, 0, shareOf(a), from, to - from);
    return wrap(out, a.scale);
  }

  joinColumns(parts: readonly Shared[]): Shared {
    const { rows, cols, scale } = requireSideBySide(parts);
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return only;
    const out = this.memory.matrix(rows, cols);
    let at = 0;
    for (const part of parts) {
      copyColumns(out, at, shareOf(part), 0, part.cols);
      at += part.cols;
    }
    return wrap(out, scale);
  }

  takeRows(a: Shared, rows: Rows): Shared {
    const wanted = this.memory.words(rows.length);
    wanted.words().set(rows);
    const out = this.memory.matrix(rows.length, a.cols);
    return wrap(this.ring.gather(out, shareOf(a), wanted), a.scale);
  }

  stackRows(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the lower part");
    const out = this.memory.matrix(a.rows + b.rows, a.cols);
    this.ring.copy(out.rowRange(0, a.rows), shareOf(a));
    this.ring.copy(out.rowRange(a.rows, out.rows), shareOf(b));
    return wrap(out, a.scale);
  }

  sumRows(a: Shared): Shared {
    return wrap(this.ring.sumRows(this.memory.matrix(1, a.cols), shareOf(a)), a.scale);
  }

  addRow(a: Shared, row: Shared): Shared {
    requireScale(row, a.scale, "the added row");
    const ones = this.ring.fill(this.memory.matrix(a.rows, 1), 1n);
    const out = this.ring.copy(this.memory.matrix(a.rows, a.cols), shareOf(a));
    return wrap(this.ring.multiply(out, ones, shareOf(row), { accumulate: true }), a.scale);
  }

  subtractPrivate(a: Shared, m: PrivateMatrix, rows: Rows, factor: number): Shared {
    requireShape(a, rows.length, m.cols, "the minuend");
    const out = this.privateRows(m, rows);
    if (out === undefined) return a;
    this.ring.scale(out, out, fixed(factor, a.scale));
    return wrap(this.ring.subtract(out, shareOf(a), out), a.scale);
  }

  /** Rows of a private matrix as ring elements, at its owner. */
  protected privateRows(m: PrivateMatrix, rows: Rows): Matrix | undefined {
    const { values } = m as PartyPrivate;
    if (values === undefined) return undefined;
    const out = this.memory.matrix(rows.length, m.cols);
    fillRows(out, values, rows);
    return out;
  }

  addNoise(a: Shared, sigma: bigint): Shared {
    return this.#fresh(a, a.scale, (out) => {
      const noise = this.#noise(sigma, a.rows * a.cols);
      out.words().set(new BigUint64Array(noise.buffer));
      this.ring.add(out, out, shareOf(a));
      noise.fill(0n);
    });
  }

  addOffsets(a: Shared, { words }: Offsets): Shared {
    if (words === undefined) return a;
    return this.#fresh(a, a.scale, (out) => {
      out.words().set(new BigUint64Array(words.buffer));
      this.ring.add(out, out, shareOf(a));
    });
  }

  #fresh(like: Shared, scale: number, fill: (out: Matrix) => void): Shared {
    const out = this.memory.matrix(like.rows, like.cols);
    fill(out);
    return wrap(out, scale);
  }
}

/** This party's share of a value, for tests and for keeping a model. */
export function shareOf(value: Shared): Matrix {
  return (value as PartyShared).share;
}

/** The mark of a sealed value, for what is cut out of it. */
function sealedAs(value: Shared): { readonly sealed?: true } {
  return (value as PartyShared).sealed === true ? { sealed: true } : {};
}

/** A share as a handle. */
export function wrap(share: Matrix, scale: number): Shared {
  const shared: PartyShared = { rows: share.rows, cols: share.cols, scale, share };
  return shared;
}

/** These rows of small integers (row-major) into fresh memory, whose upper halves are zero. */
function fillRows(out: Matrix, values: Uint8Array, rows: Rows): void {
  const bytes = out.bytes();
  const halves = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
  let to = 0;
  for (const row of rows) {
    const first = row * out.cols;
    for (let at = first; at < first + out.cols; at++, to += 2) halves[to] = values[at] ?? 0;
  }
}

/** A public number in fixed point. Exact IEEE arithmetic: the same on every machine. */
export const fixed = (value: number, scale: number): bigint =>
  BigInt(Math.round(value * 2 ** scale));

function wrongLength(saved: Uint8Array | undefined, rows: number, cols: number): MoongateError {
  return new MoongateError(
    "SHAPE_MISMATCH",
    `a saved share has ${saved?.length ?? 0} bytes for ${rows}×${cols} words`,
  );
}
