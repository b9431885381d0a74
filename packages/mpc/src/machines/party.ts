import { MoongateError } from "@moongate/errors";
import { type Arena, type Matrix, Ring, type Words } from "@moongate/ring";
import type { Link } from "@moongate/transport";
import { sumCosts } from "../cost.ts";
import type { Disclosure } from "../disclosure.ts";
import type {
  Entering,
  Inbox,
  Inputs,
  Machine,
  Operation,
  PartyMove,
  Results,
} from "../machine.ts";
import type { MaskSource } from "../masks.ts";
import type { Spill } from "../rows/masked-rows.ts";
import { otherSide, type Side } from "../side.ts";
import { streamsOfKey, type SyntheticMasks } from "../synthetic-masks.ts";
import {
  type PrivateMatrix,
  requireScale,
  requireShape,
  type Rows,
  type Shared,
  type VerticalMatrix,
} from "../values.ts";
import { CREDIT_EVERY } from "./credit.ts";
import { FrameReader } from "./frame-reader.ts";
import { claimRows, ownRows, type PartyColumns, partyColumns } from "./party-columns.ts";
import { agreeOnMasks } from "./repeatable.ts";

/** What an operation's party code may use. */
export interface PartyContext {
  readonly side: Side;
  /** Media's share carries the public constants. */
  readonly first: boolean;
  readonly ring: Ring;
  /** Memory of this step. */
  readonly memory: Arena;
  share(value: Shared): Matrix;
  wrap(share: Matrix, scale: number): Shared;
  /** A one-time mask from this party's own dealer seed. */
  mask(tensor: string, rows: number, cols: number): Matrix;
  maskWords(tensor: string, length: number): Words;
  /** Rows of this party's own columns, and of the other's columns under their data mask. */
  columns(x: VerticalMatrix, rows: Rows): GatheredRows;
  ownRows(x: VerticalMatrix, rows: Rows): Matrix;
  /** The data mask of the next own rows to be sent. @throws MASK_REUSED for rows sent before. */
  dataMask(x: VerticalMatrix, from: number, to: number): Matrix;
  keepMaskedRows(x: VerticalMatrix, from: number, rows: Matrix): void;
  disclose(line: Disclosure): void;
}

export interface PartyOptions {
  readonly side: Side;
  /** The inner channel to the other party: carries openings. */
  readonly pair: Link;
  /** The link to the coordinator: carries what is dealt. */
  readonly dealer: Link;
  readonly masks: MaskSource;
  /** For repeatable steps. */
  readonly synthetic: SyntheticMasks;
  /** How a mask key becomes masks, if not as it should. For tests. */
  readonly streamsOfKey?: (key: Uint8Array) => MaskSource;
  readonly onDisclosure?: (line: Disclosure) => void;
  /** How long to wait for one frame. */
  readonly timeoutMs?: number;
  /** Where the other's masked columns go when they are large; default: they stay in memory. */
  readonly spill?: Spill;
}

interface PartyShared extends Shared {
  readonly share: Matrix;
}

interface GatheredRows {
  readonly own: Matrix;
  readonly masked: Matrix;
}

interface PartyPrivate extends PrivateMatrix {
  /** Row-major, at the owner. */
  readonly values: Uint8Array | undefined;
}

/** Media's or commerce's machine: holds one additive share of every value. */
export class PartyMachine implements Machine {
  readonly role: Side;
  readonly ring: Ring;
  readonly #options: PartyOptions;
  readonly #memory: Arena;
  readonly #columns: PartyColumns[] = [];
  readonly #waiting: { timeoutMs?: number };
  #masks: MaskSource;
  #step = 0;
  #operation = 0;
  #dealtFrames = 0;
  #dealt: FrameReader;
  /** The rows of this step, gathered once for its forward and its backward products. */
  #gathered:
    | { readonly x: VerticalMatrix; readonly rows: Rows; readonly parts: GatheredRows }
    | undefined;

  private constructor(options: PartyOptions, ring: Ring) {
    this.role = options.side;
    this.#options = options;
    this.#masks = options.masks;
    this.ring = ring;
    this.#memory = ring.arena();
    this.#dealt = new FrameReader(new Uint8Array(), this.#memory);
    this.#waiting = options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs };
  }

  static async create(options: PartyOptions): Promise<PartyMachine> {
    return new PartyMachine(options, await Ring.create());
  }

  async step<T>(body: () => Promise<T>): Promise<T> {
    this.#masks.openStep(this.#step++);
    this.#operation = 0;
    const result = await body();
    this.#dealt.requireEnd("deal");
    this.#gathered = undefined;
    this.#memory.reset();
    return result;
  }

  async repeatableStep<T>(entering: Entering, body: (x: VerticalMatrix) => Promise<T>): Promise<T> {
    const { pair, dealer, synthetic, spill } = this.#options;
    const own = ownRows(this.role, entering, entering.inputs);
    const key = await agreeOnMasks({
      side: this.role,
      synthetic,
      context: entering.context,
      parts: [own.bytes(), ...entering.values.map((value) => shareOf(value).bytes())],
      pair,
      dealer,
      waiting: this.#waiting,
    });
    const outside = { masks: this.#masks, step: this.#step };
    this.#masks = (this.#options.streamsOfKey ?? streamsOfKey)(key);
    this.#step = 0;
    const x = partyColumns(this.role, entering, own, this.#masks, spill);
    try {
      return await this.step(() => body(x));
    } finally {
      this.#masks = outside.masks;
      this.#step = outside.step;
      x.masked.close();
    }
  }

  /** Give back files; the machine is of no use afterwards. */
  close(): void {
    for (const { masked } of this.#columns) masked.close();
  }

  async round<const Ops extends readonly Operation<unknown>[]>(
    ...operations: Ops
  ): Promise<Results<Ops>> {
    const { pair } = this.#options;
    const them = otherSide(this.role);
    const total = sumCosts(operations.map((operation) => operation.cost));
    const first = this.#operation;
    const moves = operations.map((operation) => this.#begin(operation));

    const opening = moves.flatMap((move) => move.opening.map((each) => each.bytes()));
    requireLength("own opening", opening, total.opened[this.role]);
    const sent = total.opened[this.role] > 0 ? pair.send("opening", ...opening) : undefined;
    // Masks are drawn, and what was dealt is received, while the openings are on their way.
    const dealt = this.#first
      ? this.#ownDealt(operations, first)
      : await this.#received(total.dealt);
    const [opened] = await Promise.all([
      total.opened[them] > 0 ? pair.receive("opening", this.#waiting) : new Uint8Array(),
      sent,
    ]);
    if (total.opened.media + total.opened.commerce > 0) pair.meter.countRound();
    requireLength("opening", [opened], total.opened[them]);

    const reader = new FrameReader(opened, this.#memory);
    const inbox: Inbox = {
      opened: (rows, cols) => reader.matrix(rows, cols),
      openedWords: (length) => reader.words(length),
      dealt: (rows, cols) => dealt.matrix(rows, cols),
    };
    const results = moves.map((move) => move.finish(inbox));
    reader.requireEnd("opening");
    return results as Results<Ops>;
  }

  /** Media's share of what is dealt: masks from its own seed, one for each operation. */
  #ownDealt(operations: readonly Operation<unknown>[], first: number): FrameReader {
    const bytes = new Uint8Array(operations.reduce((sum, { cost }) => sum + cost.dealt, 0));
    let at = 0;
    operations.forEach(({ name, cost }, index) => {
      if (cost.dealt === 0) return;
      const target = bytes.subarray(at, at + cost.dealt);
      this.#masks.stream(first + index, `${name}/dealt`).fill(target);
      at += cost.dealt;
    });
    return new FrameReader(bytes, this.#memory);
  }

  /** Commerce's share: from the dealer's frame, which ends with a round of this step, maybe a later one. */
  async #received(bytes: number): Promise<FrameReader> {
    if (bytes > 0 && this.#dealt.left === 0) {
      const { dealer } = this.#options;
      this.#dealt = new FrameReader(await dealer.receive("deal", this.#waiting), this.#memory);
      // Tell the dealer how far we are, so that it stays a bounded stretch ahead.
      this.#dealtFrames += 1;
      if (this.#dealtFrames % CREDIT_EVERY === 0) await dealer.send("credit");
    }
    if (this.#dealt.left < bytes) {
      throw new MoongateError(
        "FRAME_INVALID",
        `a deal has ${this.#dealt.left} bytes, ${bytes} were declared`,
      );
    }
    return this.#dealt;
  }

  get #first(): boolean {
    return this.role === "media";
  }

  #begin<T>(operation: Operation<T>): PartyMove<T> {
    const number = this.#operation++;
    const { ring, role } = this;
    const memory = this.#memory;
    const masks = this.#masks;
    const context: PartyContext = {
      side: role,
      first: this.#first,
      ring,
      memory,
      share: shareOf,
      wrap,
      mask: (tensor, rows, cols) => {
        const mask = memory.matrix(rows, cols);
        masks.stream(number, `${operation.name}/${tensor}`).fill(mask.bytes());
        return mask;
      },
      maskWords: (tensor, length) => {
        const mask = memory.words(length);
        masks.stream(number, `${operation.name}/${tensor}`).fill(mask.bytes());
        return mask;
      },
      columns: (x, rows) => this.#gather(x as PartyColumns, rows),
      ownRows: (x, rows) => this.#ownRows(x as PartyColumns, rows),
      dataMask: (x, from, to) => this.#dataMask(x as PartyColumns, from, to),
      keepMaskedRows: (x, from, rows) => {
        (x as PartyColumns).masked.write(from, rows.bytes());
      },
      disclose: (line) => this.#options.onDisclosure?.(line),
    };
    return operation.party(context);
  }

  #gather(x: PartyColumns, rows: Rows): GatheredRows {
    if (this.#gathered?.x !== x || this.#gathered.rows !== rows) {
      const masked = this.#memory.matrix(rows.length, x.width[otherSide(this.role)]);
      x.masked.gather(rows, masked);
      this.#gathered = { x, rows, parts: { own: this.#ownRows(x, rows), masked } };
    }
    return this.#gathered.parts;
  }

  #ownRows(x: PartyColumns, rows: Rows): Matrix {
    const own = this.#memory.matrix(rows.length, x.width[this.role]);
    x.own.gather(rows, own);
    return own;
  }

  #dataMask(x: PartyColumns, from: number, to: number): Matrix {
    claimRows(x, from, to);
    const mask = this.#memory.matrix(to - from, x.width[this.role]);
    x.masks.fillRows(from, x.width[this.role], mask.bytes());
    return mask;
  }

  columns(
    rows: number,
    width: Readonly<Record<Side, number>>,
    scale: number,
    inputs: Inputs,
  ): VerticalMatrix {
    const shape = { rows, width, scale };
    const own = ownRows(this.role, shape, inputs);
    const columns = partyColumns(this.role, shape, own, this.#masks, this.#options.spill);
    this.#columns.push(columns);
    return columns;
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

  variable(rows: number, cols: number, scale: number, initial?: Float64Array): Shared {
    const share = this.ring.matrix(rows, cols);
    // The start is public, so one side may hold all of it.
    if (initial !== undefined && this.#first) this.ring.encode(share, initial, scale);
    return wrap(share, scale);
  }

  assign(variable: Shared, value: Shared): void {
    requireShape(value, variable.rows, variable.cols, "the assigned value");
    requireScale(value, variable.scale, "the assigned value");
    this.ring.copy(shareOf(variable), shareOf(value));
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
    if (!this.#first) return a;
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
    return wrap(shareOf(a).rowRange(from, to), a.scale);
  }

  stackRows(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the lower part");
    const out = this.#memory.matrix(a.rows + b.rows, a.cols);
    this.ring.copy(out.rowRange(0, a.rows), shareOf(a));
    this.ring.copy(out.rowRange(a.rows, out.rows), shareOf(b));
    return wrap(out, a.scale);
  }

  sumRows(a: Shared): Shared {
    return wrap(this.ring.sumRows(this.#memory.matrix(1, a.cols), shareOf(a)), a.scale);
  }

  addRow(a: Shared, row: Shared): Shared {
    requireScale(row, a.scale, "the added row");
    const ones = this.ring.fill(this.#memory.matrix(a.rows, 1), 1n);
    const out = this.ring.copy(this.#memory.matrix(a.rows, a.cols), shareOf(a));
    return wrap(this.ring.multiply(out, ones, shareOf(row), { accumulate: true }), a.scale);
  }

  subtractPrivate(a: Shared, m: PrivateMatrix, rows: Rows, factor: number): Shared {
    requireShape(a, rows.length, m.cols, "the minuend");
    const { values } = m as PartyPrivate;
    if (values === undefined) return a;
    return this.#fresh(a, a.scale, (out) => {
      fillRows(out, values, rows);
      this.ring.scale(out, out, fixed(factor, a.scale));
      this.ring.subtract(out, shareOf(a), out);
    });
  }

  #fresh(like: Shared, scale: number, fill: (out: Matrix) => void): Shared {
    const out = this.#memory.matrix(like.rows, like.cols);
    fill(out);
    return wrap(out, scale);
  }
}

/** This party's share of a value, for tests and for keeping a model. */
export function shareOf(value: Shared): Matrix {
  return (value as PartyShared).share;
}

function wrap(share: Matrix, scale: number): Shared {
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

function requireLength(what: string, parts: readonly Uint8Array[], expected: number): void {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length !== expected) {
    throw new MoongateError(
      "FRAME_INVALID",
      `${what} has ${length} bytes, ${expected} were declared`,
    );
  }
}
