import { MoongateError } from "@moongate/errors";
import type { LedgerLine } from "../disclosure.ts";
import { featureRows } from "../features.ts";
import type { Entering, Inputs, Machine, Offsets, Operation, Results } from "../machine.ts";
import type { GradientNoise } from "../noise/discrete-gaussian.ts";
import type { ScoreOffsets } from "../noise/score-offsets.ts";
import { Gathered } from "../rows/gathered.ts";
import { PlainRows } from "../rows/plain-rows.ts";
import type { Side } from "../side.ts";
import {
  type DealerFlags,
  type PrivateMatrix,
  requireScale,
  requireShape,
  requireSideBySide,
  type Rows,
  type Shared,
  totalWidth,
  type VerticalMatrix,
} from "../values.ts";
import type { TwinContext } from "./contexts.ts";
import { flagsOf, knownFlags } from "./flags.ts";
import { SEAL_SHAPE, type SharedValues } from "./seal.ts";

interface TwinShared extends Shared {
  readonly values: Float64Array;
}

interface TwinColumns extends VerticalMatrix {
  readonly plain: PlainRows;
}

interface TwinPrivate extends PrivateMatrix {
  readonly values: Uint8Array;
}

/**
 * The plaintext twin: runs a masked model's own code on the values themselves, with no masks, no
 * rounding and nobody to hide from. It is the main test oracle, the pooled baseline (a trusted
 * third party that holds both tables) and, given one side's columns, the local baseline.
 */
export class TwinMachine implements Machine {
  readonly role = "twin";
  readonly #context: TwinContext;
  readonly #noises: readonly GradientNoise[];
  readonly #offsets: ScoreOffsets | undefined;
  readonly #gathered = new Gathered<TwinColumns, Float64Array>({
    collect: (x, rows) => x.plain.gather(rows),
    range: (values, from, to, x) => {
      const width = totalWidth(x);
      return values.subarray(from * width, to * width);
    },
  });

  /**
   * @param noises what the parties would add to their shares; by default nothing.
   * @param offsets what media would add to scores; by default nothing.
   */
  constructor(
    onDisclosure?: (line: LedgerLine) => void,
    noises: readonly GradientNoise[] = [],
    offsets?: ScoreOffsets,
  ) {
    this.#noises = noises;
    this.#offsets = offsets;
    this.#context = {
      value: valuesOf,
      wrap,
      columns: (x, rows) => this.#gathered.take(x as TwinColumns, rows),
      privateRows,
      flags: flagsOf,
      disclose: (line) => onDisclosure?.(line),
    };
  }

  async step<T>(body: () => Promise<T>): Promise<T> {
    const result = await body();
    this.#gathered.clear();
    return result;
  }

  async repeatableStep<T>(
    { rows, width, scale, inputs }: Entering,
    body: (x: VerticalMatrix) => Promise<T>,
  ): Promise<T> {
    return this.step(() => body(this.columns(rows, width, scale, inputs)));
  }

  async seal<Values extends SharedValues>(
    _entering: unknown,
    make: () => Promise<Values>,
  ): Promise<{ readonly values: Values; readonly seal: Shared }> {
    const { rows, cols, scale } = SEAL_SHAPE;
    const seal = wrap(new Float64Array(rows * cols), rows, cols, scale);
    return { values: await this.step(make), seal };
  }

  unseal<Values extends SharedValues>(
    _names: unknown,
    _kept: unknown,
    make: () => Promise<Values>,
  ): Promise<Values> {
    return this.step(make);
  }

  round<const Ops extends readonly Operation<unknown>[]>(
    ...operations: Ops
  ): Promise<Results<Ops>> {
    const results = operations.map((operation) => operation.twin(this.#context));
    return Promise.resolve(results as Results<Ops>);
  }

  columns(
    rows: number,
    width: Readonly<Record<Side, number>>,
    scale: number,
    inputs: Inputs,
  ): VerticalMatrix {
    const source = (side: Side) =>
      featureRows(inputs.features[side], { rows, width: width[side], whose: side });
    const sources = { media: source("media"), commerce: source("commerce") };
    const plain = new PlainRows(sources, rows, width);
    const columns: TwinColumns = { rows, width, scale, plain };
    return columns;
  }

  privateMatrix(owner: Side, rows: number, cols: number, inputs: Inputs): PrivateMatrix {
    if (inputs.labels?.length !== rows * cols) {
      throw new MoongateError(
        "SHAPE_MISMATCH",
        `${inputs.labels?.length ?? 0} labels for ${rows}×${cols}`,
      );
    }
    const matrix: TwinPrivate = { owner, rows, cols, values: inputs.labels };
    return matrix;
  }

  dealerFlags(rows: number, flags: Uint8Array | undefined): DealerFlags {
    return knownFlags(rows, flags);
  }

  variable(rows: number, cols: number, scale: number, initial?: Float64Array): Shared {
    return wrap(initial?.slice() ?? new Float64Array(rows * cols), rows, cols, scale);
  }

  assign(variable: Shared, value: Shared): void {
    requireShape(value, variable.rows, variable.cols, "the assigned value");
    requireScale(value, variable.scale, "the assigned value");
    valuesOf(variable).set(valuesOf(value));
  }

  assignRows(variable: Shared, from: number, value: Shared): void {
    requireScale(value, variable.scale, "the assigned rows");
    valuesOf(variable).set(valuesOf(value), from * variable.cols);
  }

  save(value: Shared): Uint8Array {
    return new Uint8Array(valuesOf(value).slice().buffer);
  }

  restore(rows: number, cols: number, scale: number, saved: Uint8Array | undefined): Shared {
    if (saved?.length !== rows * cols * Float64Array.BYTES_PER_ELEMENT) {
      throw new MoongateError(
        "SHAPE_MISMATCH",
        `${saved?.length ?? 0} saved bytes for ${rows}×${cols} values`,
      );
    }
    return wrap(new Float64Array(saved.slice().buffer), rows, cols, scale);
  }

  add(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the second term");
    const other = valuesOf(b);
    return this.#map(a, a.scale, (value, index) => value + (other[index] ?? 0));
  }

  subtract(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the second term");
    const other = valuesOf(b);
    return this.#map(a, a.scale, (value, index) => value - (other[index] ?? 0));
  }

  multiplyInteger(a: Shared, factor: number): Shared {
    return this.#map(a, a.scale, (value) => value * factor);
  }

  addPublic(a: Shared, value: number): Shared {
    return this.#map(a, a.scale, (each) => each + value);
  }

  timesPowerOfTwo(a: Shared, shift: number): Shared {
    return this.#map(a, a.scale - shift, (value) => value * 2 ** shift);
  }

  atScale(a: Shared, scale: number): Shared {
    return wrap(valuesOf(a), a.rows, a.cols, scale);
  }

  rowRange(a: Shared, from: number, to: number): Shared {
    return wrap(valuesOf(a).subarray(from * a.cols, to * a.cols), to - from, a.cols, a.scale);
  }

  columnRange(a: Shared, from: number, to: number): Shared {
    const width = to - from;
    const out = new Float64Array(a.rows * width);
    for (let row = 0; row < a.rows; row++) {
      out.set(valuesOf(a).subarray(row * a.cols + from, row * a.cols + to), row * width);
    }
    return wrap(out, a.rows, width, a.scale);
  }

  joinColumns(parts: readonly Shared[]): Shared {
    const { rows, cols, scale } = requireSideBySide(parts);
    const out = new Float64Array(rows * cols);
    let from = 0;
    for (const part of parts) {
      const values = valuesOf(part);
      for (let row = 0; row < rows; row++) {
        out.set(values.subarray(row * part.cols, (row + 1) * part.cols), row * cols + from);
      }
      from += part.cols;
    }
    return wrap(out, rows, cols, scale);
  }

  takeRows(a: Shared, rows: Rows): Shared {
    const out = new Float64Array(rows.length * a.cols);
    rows.forEach((row, at) => {
      out.set(valuesOf(a).subarray(row * a.cols, (row + 1) * a.cols), at * a.cols);
    });
    return wrap(out, rows.length, a.cols, a.scale);
  }

  stackRows(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the lower part");
    const out = new Float64Array((a.rows + b.rows) * a.cols);
    out.set(valuesOf(a));
    out.set(valuesOf(b), a.rows * a.cols);
    return wrap(out, a.rows + b.rows, a.cols, a.scale);
  }

  sumRows(a: Shared): Shared {
    const out = new Float64Array(a.cols);
    valuesOf(a).forEach((value, index) => {
      out[index % a.cols] = (out[index % a.cols] ?? 0) + value;
    });
    return wrap(out, 1, a.cols, a.scale);
  }

  addRow(a: Shared, row: Shared): Shared {
    requireScale(row, a.scale, "the added row");
    const added = valuesOf(row);
    return this.#map(a, a.scale, (value, index) => value + (added[index % a.cols] ?? 0));
  }

  subtractPrivate(a: Shared, m: PrivateMatrix, rows: Rows, factor: number): Shared {
    requireShape(a, rows.length, m.cols, "the minuend");
    const values = privateRows(m, rows);
    return this.#map(a, a.scale, (value, index) => value - factor * (values[index] ?? 0));
  }

  addNoise(a: Shared, sigma: bigint): Shared {
    const drawn = this.#noises.map((noise) => noise(sigma, a.rows * a.cols));
    const unit = 2 ** -a.scale;
    return this.#map(a, a.scale, (value, index) =>
      drawn.reduce((sum, noise) => sum + Number(noise[index] ?? 0n) * unit, value),
    );
  }

  scoreOffsets(users: readonly string[], labels: number, sigma: bigint): Offsets {
    return { words: this.#offsets?.of(users, labels, sigma) };
  }

  addOffsets(a: Shared, { words }: Offsets): Shared {
    if (words === undefined) return a;
    return this.#map(a, a.scale, (value, index) => value + Number(words[index]) * 2 ** -a.scale);
  }

  #map(a: Shared, scale: number, f: (value: number, index: number) => number): Shared {
    return wrap(valuesOf(a).map(f), a.rows, a.cols, scale);
  }
}

function privateRows(m: PrivateMatrix, rows: Rows): Uint8Array {
  const { values, cols } = m as TwinPrivate;
  const out = new Uint8Array(rows.length * cols);
  rows.forEach((row, at) => {
    out.set(values.subarray(row * cols, (row + 1) * cols), at * cols);
  });
  return out;
}

/** A twin's value in the clear, row-major. */
export function valuesOf(value: Shared): Float64Array {
  return (value as TwinShared).values;
}

function wrap(values: Float64Array, rows: number, cols: number, scale: number): Shared {
  const shared: TwinShared = { rows, cols, scale, values };
  return shared;
}
