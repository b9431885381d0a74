import { toHex } from "@moongate/crypto";
import { at, MoongateError } from "@moongate/errors";
import { type Matrix, Ring, type Words } from "@moongate/ring";
import { sumCosts } from "../cost.ts";
import type {
  Entering,
  RoundInbox,
  Inputs,
  Machine,
  Offsets,
  Operation,
  PartyMove,
  Results,
} from "../machine.ts";
import type { MaskSource } from "../masks.ts";
import { Gathered } from "../rows/gathered.ts";
import { otherSide, type Side } from "../side.ts";
import { ROW_TAG_BYTES, streamsOfKey } from "../synthetic-masks.ts";
import type { Rows, Shared, VerticalMatrix } from "../values.ts";
import type { GatheredRows, OpenedTensor, PartyContext } from "./contexts.ts";
import { CREDIT_EVERY } from "./credit.ts";
import { DealerAudit } from "./dealer-audit.ts";
import { TensorReader } from "./frame-reader.ts";
import { claimRows, ownRows, type PartyColumns, partyColumns } from "./party-columns.ts";
import type { PartyMachineOptions } from "./party-options.ts";
import { agreeOnMasks, receiveBytes } from "./repeatable.ts";
import {
  CheckedOpenings,
  type OpenedHash,
  PLEDGE,
  requireSame,
  type SEAL,
  type SharedValues,
} from "./seal.ts";
import { sealAtParty, type Sealing, unsealAtParty } from "./seal-party.ts";
import { requireLength, shapeOf } from "./opening-shape.ts";
import { ShareArithmetic, shareOf, wrap } from "./share-arithmetic.ts";

type Tell = (tensor: string, source: OpenedTensor["source"], values: Matrix | Words) => void;

/** Media's or commerce's machine: holds one additive share of every value. */
export class PartyMachine extends ShareArithmetic implements Machine {
  readonly #options: PartyMachineOptions;
  readonly #columns: PartyColumns[] = [];
  readonly #waiting: { readonly timeoutMs: number | undefined };
  readonly #audit: DealerAudit | undefined;
  #masks: MaskSource;
  #step = 0;
  #operation = 0;
  #dealtFrames = 0;
  #dealt: TensorReader;
  /** A hash of all that is opened, while values are sealed. */
  #allOpened: OpenedHash | undefined;
  readonly #gathered = new Gathered<PartyColumns, GatheredRows>({
    collect: (x, rows) => {
      const masked = this.memory.matrix(rows.length, x.width[otherSide(this.role)]);
      x.masked.gather(rows, masked);
      return { own: this.#ownRows(x, rows), masked };
    },
    range: ({ own, masked }, from, to) => ({
      own: own.rowRange(from, to),
      masked: masked.rowRange(from, to),
    }),
  });

  private constructor(options: PartyMachineOptions, ring: Ring) {
    super(options.side, ring, options.noise);
    this.#options = options;
    this.#masks = options.masks;
    this.#dealt = new TensorReader(new Uint8Array(), this.memory);
    this.#waiting = { timeoutMs: options.timeoutMs };
    const { side, pair, dealer, masks, audit } = options;
    if (audit === undefined) return;
    const { waiting, memory } = { waiting: this.#waiting, memory: this.memory };
    this.#audit = new DealerAudit({ ...audit, side, pair, dealer, masks, waiting, ring, memory });
  }

  static async create(options: PartyMachineOptions): Promise<PartyMachine> {
    return new PartyMachine(options, await Ring.create());
  }

  async step<T>(body: () => Promise<T>): Promise<T> {
    const step = this.#step++;
    this.#masks.openStep(step);
    await this.#audited?.begin(step);
    this.#operation = 0;
    const result = await body();
    this.#dealt.requireEnd("deal");
    await this.#audited?.end();
    this.#gathered.clear();
    this.memory.reset();
    return result;
  }

  /** The audit of this step; none of steps under masks of their own. */
  get #audited(): DealerAudit | undefined {
    return this.#masks === this.#options.masks ? this.#audit : undefined;
  }

  async repeatableStep<T>(entering: Entering, body: (x: VerticalMatrix) => Promise<T>): Promise<T> {
    const { pair, dealer, synthetic, spill } = this.#options;
    const own = ownRows(this.role, entering, entering.inputs);
    const { words } = entering.offsets;
    const key = await agreeOnMasks({
      side: this.role,
      synthetic,
      context: entering.context,
      parts: [
        own.bytes(),
        ...entering.values.map((value) => shareOf(value).bytes()),
        ...(words === undefined ? [] : [new Uint8Array(words.buffer)]),
      ],
      rows: entering.slots
        ? undefined
        : {
            count: entering.rows,
            own: own.bytes(),
            admit: (tags) => this.#admit(entering.users, tags),
          },
      pair,
      dealer,
      waiting: this.#waiting,
    });
    return this.#under(key, async () => {
      const mask = this.#masks.tableMask(0, entering.width[this.role]);
      const x = partyColumns(this.role, entering, own, mask, spill);
      try {
        return await this.step(() => body(x));
      } finally {
        x.masked.close();
      }
    });
  }

  /** Runs a program of its own, with the masks of that key and steps of its own. */
  async #under<T>(key: Uint8Array, program: () => Promise<T>): Promise<T> {
    const outside = { masks: this.#masks, step: this.#step };
    this.#masks = (this.#options.streamsOfKey ?? streamsOfKey)(key);
    this.#step = 0;
    try {
      return await program();
    } finally {
      this.#masks = outside.masks;
      this.#step = outside.step;
    }
  }

  seal<Values extends SharedValues>(
    entering: Pick<Entering, "context" | "values">,
    make: () => Promise<Values>,
  ): Promise<{ readonly values: Values; readonly seal: Shared }> {
    return sealAtParty(this.#sealing(), entering, make);
  }

  unseal<Values extends SharedValues>(
    names: readonly (keyof Values & string)[],
    kept: (name: (keyof Values & string) | typeof SEAL) => Shared,
  ): Promise<Values> {
    return unsealAtParty(this.#sealing(), names, kept);
  }

  #sealing(): Sealing {
    const { pair, dealer, synthetic } = this.#options;
    return {
      ...{ machine: this, pair, dealer, synthetic, waiting: this.#waiting },
      under: (key, program) => this.#under(key, program),
      watch: (opened) => {
        this.#allOpened = opened;
      },
    };
  }

  async #admit(users: readonly string[], tags: Uint8Array): Promise<void> {
    const { admitRows } = this.#options;
    if (admitRows === undefined) return;
    const text = toHex(tags);
    const digits = 2 * ROW_TAG_BYTES;
    await admitRows(
      users,
      users.map((_, row) => text.slice(digits * row, digits * (row + 1))),
    );
  }

  scoreOffsets(users: readonly string[], labels: number, sigma: bigint): Offsets {
    if (!this.isFirst) return { words: undefined };
    return { words: this.#options.synthetic.scoreOffsets().of(users, labels, sigma) };
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
    const dealt = this.isFirst
      ? this.#ownDealt(operations, first)
      : await this.#received(total.dealt);
    const [opened] = await Promise.all([
      total.opened[them] > 0 ? pair.receive("opening", this.#waiting) : new Uint8Array(),
      sent,
    ]);
    if (total.opened.media + total.opened.commerce > 0) pair.meter.countRound();
    requireLength("opening", [opened], total.opened[them]);

    const reader = new TensorReader(opened, this.memory);
    const checked = new CheckedOpenings();
    const results = moves.map((move, index) => {
      const operation = at(operations, index);
      const tell = this.#teller(first + index, operation.name);
      const own = this.isFirst ? dealt : this.#audited?.take(first + index, operation, dealt);
      return move.finish(this.#inbox(reader, own ?? dealt, checked, tell));
    });
    reader.requireEnd("opening");
    await this.#requirePledged(checked);
    return results as Results<Ops>;
  }

  /** What commerce opened of sealed values is what the dealer says. @throws SHARE_ALTERED */
  async #requirePledged(checked: CheckedOpenings): Promise<void> {
    if (!this.isFirst || checked.hash === undefined) return;
    const { dealer, pair } = this.#options;
    const said = await receiveBytes(dealer, PLEDGE, this.#waiting);
    requireSame(said, checked.hash.digest(), pair.peer);
  }

  #inbox(
    reader: TensorReader,
    dealt: TensorReader,
    checked: CheckedOpenings,
    tell: Tell | undefined,
  ): RoundInbox {
    return {
      opened: (tensor, own, sealed) => {
        const sum = reader.matrix(own.rows, own.cols);
        if (sealed?.sealed === true) checked.add(sum.bytes());
        this.ring.add(sum, sum, own);
        this.#allOpened?.update(sum.bytes());
        tell?.(tensor, "opened", sum);
        return sum;
      },
      openedWords: (tensor, own) => {
        const sum = reader.words(own.length);
        this.ring.addWords(sum, sum, own);
        this.#allOpened?.update(sum.bytes());
        tell?.(tensor, "opened", sum);
        return sum;
      },
      receivedWords: (tensor, length) => {
        const words = reader.words(length);
        tell?.(tensor, "received", words);
        return words;
      },
      received: (tensor, rows, cols) => {
        const matrix = reader.matrix(rows, cols);
        tell?.(tensor, "received", matrix);
        return matrix;
      },
      dealt: (rows, cols) => dealt.matrix(rows, cols),
    };
  }

  /** Tells of one operation's openings, if anybody listens. */
  #teller(number: number, operation: string): Tell | undefined {
    const { onOpened } = this.#options;
    if (onOpened === undefined) return undefined;
    return (tensor, source, values) => {
      onOpened({ number, operation, tensor, source, ...shapeOf(values), bytes: values.bytes() });
    };
  }

  /** Media's share of what is dealt: masks from its own seed, one for each operation. */
  #ownDealt(operations: readonly Operation<unknown>[], first: number): TensorReader {
    const bytes = new Uint8Array(operations.reduce((sum, { cost }) => sum + cost.dealt, 0));
    let offset = 0;
    operations.forEach((operation, index) => {
      const { name, cost } = operation;
      if (cost.dealt === 0) return;
      const target = bytes.subarray(offset, offset + cost.dealt);
      this.#streamsOf(operation)
        .stream(first + index, `${name}/dealt`)
        .fill(target);
      this.#audited?.note(first + index, operation);
      offset += cost.dealt;
    });
    return new TensorReader(bytes, this.memory);
  }

  /** Commerce's share: from the dealer's frame, which ends with a round of this step, maybe a later one. */
  async #received(bytes: number): Promise<TensorReader> {
    if (bytes > 0 && this.#dealt.left === 0) {
      const { dealer } = this.#options;
      this.#dealt = new TensorReader(await dealer.receive("deal", this.#waiting), this.memory);
      // Tell the dealer how far we are, so that it stays a bounded stretch ahead.
      this.#dealtFrames += 1;
      if (this.#dealtFrames % CREDIT_EVERY === 0) await dealer.send("credit");
      await this.#audited?.received();
    }
    if (this.#dealt.left < bytes) {
      throw new MoongateError(
        "FRAME_INVALID",
        `a deal has ${this.#dealt.left} bytes, ${bytes} were declared`,
      );
    }
    return this.#dealt;
  }

  #streamsOf(operation: Operation<unknown>): Pick<MaskSource, "stream"> {
    return this.#audited?.streams(operation) ?? this.#masks;
  }

  #begin<T>(operation: Operation<T>): PartyMove<T> {
    const number = this.#operation++;
    const { ring, role, memory } = this;
    const masks = this.#streamsOf(operation);
    const context: PartyContext = {
      side: role,
      first: this.isFirst,
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
      columns: (x, rows) => this.#gathered.take(x as PartyColumns, rows),
      ownRows: (x, rows) => this.#ownRows(x as PartyColumns, rows),
      privateRows: (m, rows) => this.privateRows(m, rows),
      dataMask: (x, from, to) => this.#dataMask(x as PartyColumns, from, to),
      keepMaskedRows: (x, from, rows) => {
        (x as PartyColumns).masked.write(from, rows.bytes());
      },
      disclose: (line) => this.#options.onDisclosure?.(line),
    };
    return operation.party(context);
  }

  #ownRows(x: PartyColumns, rows: Rows): Matrix {
    const own = this.memory.matrix(rows.length, x.width[this.role]);
    x.own.gather(rows, own);
    return own;
  }

  #dataMask(x: PartyColumns, from: number, to: number): Matrix {
    claimRows(x, from, to);
    const mask = this.memory.matrix(to - from, x.width[this.role]);
    x.mask.fill(from, mask.bytes());
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
    const mask = this.#masks.tableMask(this.#columns.length, width[this.role]);
    const columns = partyColumns(this.role, shape, own, mask, this.#options.spill);
    this.#columns.push(columns);
    return columns;
  }
}
