import { randomBytes } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import { type Arena, type Matrix, Ring } from "@moongate/ring";
import type { Link } from "@moongate/transport/ports";
import { nextTurn } from "@moongate/transport/turn";
import { WORD } from "../cost.ts";
import type { Entering, Machine, Offsets, Operation, Results } from "../machine.ts";
import type { MaskSource } from "../masks.ts";
import { Gathered } from "../rows/gathered.ts";
import { MaskBlocks } from "../rows/mask-blocks.ts";
import { type Side, SIDES } from "../side.ts";
import { streamsOfKey } from "../synthetic-masks.ts";
import {
  type DealerFlags,
  type PrivateMatrix,
  requireScale,
  requireShape,
  requireSideBySide,
  type Rows,
  type Shared,
  type VerticalMatrix,
} from "../values.ts";
import type { DealerContext } from "./contexts.ts";
import { dealingFromKeys, handle } from "./dealing.ts";
import { SpareDeals } from "./spare-deals.ts";
import { CREDIT_EVERY, LARGE_FRAME, WINDOW } from "./credit.ts";
import { clearFlagged, flagsOf, knownFlags } from "./flags.ts";
import { reshare, SEALING_MASK } from "../operations/reshare.ts";
import { receiveMaskKey } from "./repeatable.ts";
import {
  namesOf,
  openedHash,
  PLEDGE,
  pledgeOf,
  type SEAL,
  SEALING_STEP,
  SEAL_SHAPE,
  type SharedValues,
  valueOf,
} from "./seal.ts";

export interface DealerOptions {
  /** Commerce's link: receives what is dealt, brings credits and mask keys. */
  readonly commerce: Link;
  /** Media's link: brings mask keys, receives hashes of what commerce must open. */
  readonly media: Link;
  readonly masks: Readonly<Record<Side, MaskSource>>;
  /** How a mask key becomes masks, if not as it should. For tests. */
  readonly streamsOfKey?: ((key: Uint8Array) => MaskSource) | undefined;
  readonly timeoutMs?: number | undefined;
  /** How long the parties may take to come to a repeatable step: they may be many steps behind. */
  readonly catchUpMs?: number | undefined;
  /** Deals of training steps are made anew when commerce asks for it: the parties audit them. */
  readonly audited?: boolean | undefined;
}

interface DealerColumns extends VerticalMatrix {
  readonly masks: Readonly<Record<Side, MaskBlocks>>;
}

interface DealerShared extends Shared {
  /** Commerce's share of a sealed value. */
  readonly commerceShare?: Matrix;
}

/** The dealer's machine: knows every mask and no value. A handle is a shape. */
export class DealerMachine implements Machine {
  readonly role = "dealer";
  readonly ring: Ring;
  readonly #options: DealerOptions;
  readonly #memory: Arena;
  readonly #spares: SpareDeals | undefined;
  #masks: Readonly<Record<Side, MaskSource>>;
  #step = 0;
  #tables = 0;
  #operation = 0;
  #ahead = 0;
  /** Dealt in this step and not sent yet. */
  #dealt: Matrix[] = [];
  #dealtBytes = 0;
  /** What commerce must open in this round. */
  #expected: Matrix[] = [];
  readonly #gathered = new Gathered<DealerColumns, Readonly<Record<Side, Matrix>>>({
    collect: (x, rows) => {
      const parts = {
        media: this.#memory.matrix(rows.length, x.width.media),
        commerce: this.#memory.matrix(rows.length, x.width.commerce),
      };
      for (const side of SIDES) x.masks[side].gather(rows, parts[side]);
      return parts;
    },
    range: ({ media, commerce }, from, to) => ({
      media: media.rowRange(from, to),
      commerce: commerce.rowRange(from, to),
    }),
  });

  private constructor(options: DealerOptions, ring: Ring) {
    this.#options = options;
    this.#masks = options.masks;
    this.ring = ring;
    this.#memory = ring.arena();
    const { audited = false, commerce, masks } = options;
    this.#spares = audited ? new SpareDeals(ring, commerce, masks) : undefined;
  }

  static async create(options: DealerOptions): Promise<DealerMachine> {
    return new DealerMachine(options, await Ring.create());
  }

  async step<T>(body: () => Promise<T>): Promise<T> {
    for (const side of SIDES) this.#masks[side].openStep(this.#step);
    this.#audited?.begin(this.#step);
    this.#step += 1;
    this.#operation = 0;
    const result = await body();
    this.#audited?.end();
    await this.#send();
    this.#gathered.clear();
    this.#memory.reset();
    return result;
  }

  async repeatableStep<T>(
    { rows, width, scale }: Entering,
    body: (x: VerticalMatrix) => Promise<T>,
  ): Promise<T> {
    return this.#under(this.#streams(await this.#maskKeys()), () =>
      this.step(() => body(this.columns(rows, width, scale))),
    );
  }

  /** Runs a program of its own, with its own masks, steps and tables. */
  async #under<T>(
    masks: Readonly<Record<Side, MaskSource>>,
    program: () => Promise<T>,
  ): Promise<T> {
    const outside = { masks: this.#masks, step: this.#step, tables: this.#tables };
    this.#masks = masks;
    this.#step = 0;
    this.#tables = 0;
    try {
      return await program();
    } finally {
      this.#masks = outside.masks;
      this.#step = outside.step;
      this.#tables = outside.tables;
    }
  }

  /** The mask keys that both parties send. */
  async #maskKeys(): Promise<Readonly<Record<Side, Uint8Array>>> {
    const { media, commerce, catchUpMs } = this.#options;
    const waiting = catchUpMs === undefined ? {} : { timeoutMs: catchUpMs };
    const [mediaKey, commerceKey] = await Promise.all([
      receiveMaskKey(media, waiting),
      receiveMaskKey(commerce, waiting),
    ]);
    return { media: mediaKey, commerce: commerceKey };
  }

  #streams({ media, commerce }: Readonly<Record<Side, Uint8Array>>): Record<Side, MaskSource> {
    const streams = this.#options.streamsOfKey ?? streamsOfKey;
    return { media: streams(media), commerce: streams(commerce) };
  }

  async seal<Values extends SharedValues>(
    _entering: unknown,
    make: () => Promise<Values>,
  ): Promise<{ readonly values: Values; readonly seal: Shared }> {
    const keys = await this.#maskKeys();
    const made = await this.#under(this.#streams(keys), async () => {
      const values = await this.step(make);
      const each = namesOf(values).map((name) => reshare(valueOf(values, name)));
      await this.step(() => this.round(...each));
      return values;
    });
    await this.#options.media.send(PLEDGE, pledgeOf(keys.commerce));
    const { rows, cols, scale } = SEAL_SHAPE;
    return { values: this.#known(made, keys), seal: handle(rows, cols, scale) };
  }

  async unseal<Values extends SharedValues>(
    names: readonly (keyof Values & string)[],
    kept: (name: (keyof Values & string) | typeof SEAL) => Shared,
  ): Promise<Values> {
    const keys = await this.#maskKeys();
    await this.#options.media.send(PLEDGE, pledgeOf(keys.commerce));
    return this.#known(Object.fromEntries(names.map((name) => [name, kept(name)])) as Values, keys);
  }

  /** The values with commerce's shares of them: minus the masks that they were sealed with. */
  #known<Values extends SharedValues>(
    values: Values,
    keys: Readonly<Record<Side, Uint8Array>>,
  ): Values {
    const { commerce } = this.#streams(keys);
    commerce.openStep(SEALING_STEP);
    const known = namesOf(values).map((name, operation) => {
      const value = valueOf(values, name);
      const share = this.ring.matrix(value.rows, value.cols);
      commerce.stream(operation, SEALING_MASK).fill(share.bytes());
      this.ring.scale(share, share, -1n);
      const shared: DealerShared = { ...value, commerceShare: share };
      return [name, shared];
    });
    return Object.fromEntries(known) as Values;
  }

  async round<const Ops extends readonly Operation<unknown>[]>(
    ...operations: Ops
  ): Promise<Results<Ops>> {
    const results = operations.map((operation) => {
      const before = this.#dealtBytes;
      const result = operation.dealer(this.#context(operation));
      const bytes = this.#dealtBytes - before;
      if (bytes !== operation.cost.dealt) {
        const cause = `${operation.name} dealt ${bytes} bytes, ${operation.cost.dealt} were declared`;
        throw new MoongateError("INTERNAL", cause);
      }
      return result;
    });
    if (this.#dealtBytes >= LARGE_FRAME && this.#audited === undefined) await this.#send();
    await this.#tellExpected();
    // Frames between the parties pass through this process: let them.
    await nextTurn();
    return results as Results<Ops>;
  }

  /** What commerce must open, as a hash for media. */
  async #tellExpected(): Promise<void> {
    if (this.#expected.length === 0) return;
    const hash = openedHash();
    for (const each of this.#expected) hash.update(each.bytes());
    this.#expected = [];
    await this.#options.media.send(PLEDGE, hash.digest());
  }

  /** One frame a step: the dealer waits for nobody between its rounds. */
  async #send(): Promise<void> {
    if (this.#dealtBytes === 0) return;
    const { commerce, timeoutMs } = this.#options;
    const parts = this.#dealt.map((each) => each.bytes());
    this.#dealt = [];
    this.#dealtBytes = 0;
    await commerce.send("deal", ...parts);
    this.#ahead += 1;
    if (this.#ahead >= WINDOW) {
      await commerce.receive("credit", { timeoutMs });
      this.#ahead -= CREDIT_EVERY;
    }
  }

  #context(operation: Operation<unknown>): DealerContext {
    const number = this.#operation++;
    const memory = this.#memory;
    const { ring } = this;
    return {
      ...dealingFromKeys({
        ...{ ring, memory, operation, number },
        streams: this.#audited?.take(number, operation) ?? this.#masks,
        onDealt: (rest) => {
          this.#dealt.push(rest);
          this.#dealtBytes += WORD * rest.rows * rest.cols;
        },
      }),
      keepFlagged: (words, flagged, each) => clearFlagged(words, flagsOf(flagged), each, 0),
      blindOthers: (words, flagged) => {
        const blind = memory.matrix(words.rows, words.cols);
        blind.bytes().set(randomBytes(blind.bytes().length));
        clearFlagged(blind, flagsOf(flagged), words.cols, 1);
        return ring.add(words, words, blind);
      },
      known: (value) => (value as DealerShared).commerceShare,
      expect: (opening) => {
        this.#expected.push(opening);
      },
      columnMasks: (x, rows) => this.#gathered.take(x as DealerColumns, rows),
    };
  }

  /** Who deals this step again on demand; nobody for steps under masks of their own. */
  get #audited(): SpareDeals | undefined {
    return this.#masks === this.#options.masks ? this.#spares : undefined;
  }

  columns(rows: number, width: Readonly<Record<Side, number>>, scale: number): VerticalMatrix {
    const { media, commerce } = this.#masks;
    const table = this.#tables++;
    const masks = {
      media: new MaskBlocks(media.tableMask(table, width.media), rows, width.media),
      commerce: new MaskBlocks(commerce.tableMask(table, width.commerce), rows, width.commerce),
    };
    const columns: DealerColumns = { rows, width, scale, masks };
    return columns;
  }

  privateMatrix(owner: Side, rows: number, cols: number): PrivateMatrix {
    return { owner, rows, cols };
  }

  dealerFlags(rows: number, flags: Uint8Array | undefined): DealerFlags {
    return knownFlags(rows, flags);
  }

  variable(rows: number, cols: number, scale: number): Shared {
    return handle(rows, cols, scale);
  }

  assign(variable: Shared, value: Shared): void {
    requireShape(value, variable.rows, variable.cols, "the assigned value");
    requireScale(value, variable.scale, "the assigned value");
  }

  assignRows(variable: Shared, _from: number, value: Shared): void {
    requireScale(value, variable.scale, "the assigned rows");
  }

  save(): Uint8Array {
    return new Uint8Array();
  }

  restore(rows: number, cols: number, scale: number): Shared {
    return handle(rows, cols, scale);
  }

  add(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the second term");
    return a;
  }

  subtract(a: Shared, b: Shared): Shared {
    return this.add(a, b);
  }

  multiplyInteger(a: Shared): Shared {
    return a;
  }

  addPublic(a: Shared): Shared {
    return a;
  }

  timesPowerOfTwo(a: Shared, shift: number): Shared {
    return handle(a.rows, a.cols, a.scale - shift);
  }

  atScale(a: Shared, scale: number): Shared {
    return handle(a.rows, a.cols, scale);
  }

  rowRange(a: Shared, from: number, to: number): Shared {
    const { commerceShare } = a as DealerShared;
    const rows = handle(to - from, a.cols, a.scale);
    if (commerceShare === undefined) return rows;
    const part: DealerShared = { ...rows, commerceShare: commerceShare.rowRange(from, to) };
    return part;
  }

  columnRange(a: Shared, from: number, to: number): Shared {
    return handle(a.rows, to - from, a.scale);
  }

  joinColumns(parts: readonly Shared[]): Shared {
    return requireSideBySide(parts);
  }

  takeRows(a: Shared, rows: Rows): Shared {
    return handle(rows.length, a.cols, a.scale);
  }

  stackRows(a: Shared, b: Shared): Shared {
    requireScale(b, a.scale, "the lower part");
    return handle(a.rows + b.rows, a.cols, a.scale);
  }

  sumRows(a: Shared): Shared {
    return handle(1, a.cols, a.scale);
  }

  addRow(a: Shared, row: Shared): Shared {
    requireScale(row, a.scale, "the added row");
    return a;
  }

  subtractPrivate(a: Shared): Shared {
    return a;
  }

  addNoise(a: Shared): Shared {
    return a;
  }

  scoreOffsets(): Offsets {
    return { words: undefined };
  }

  addOffsets(a: Shared): Shared {
    return a;
  }
}
