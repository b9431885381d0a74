import { concat, equalBytes, sha256 } from "@moongate/crypto";
import { at, MoongateError } from "@moongate/errors";
import type { Arena, Ring } from "@moongate/ring";
import type { Link } from "@moongate/transport/ports";
import type { Operation } from "../machine.ts";
import { KeyedStreams, type MaskSource } from "../masks.ts";
import { otherSide, type Side } from "../side.ts";
import { SECRET_BYTES } from "../synthetic-masks.ts";
import { type Coin, tossCoins } from "./audit-coin.ts";
import { dealingFromKeys } from "./dealing.ts";
import { TensorReader } from "./frame-reader.ts";
import { receiveBytes, type Waiting } from "./repeatable.ts";

/** The kind of frames that ask for another dealing of a step, and of those that bring it. */
export const SPARE = "spare";
/** The kind of frames between the parties with the keys of dealings that are opened. */
const OPENED_KEYS = "audit";

/** @throws INTERNAL for masks that cannot be audited: those of an insecure control. */
export function dealingKeyOf(masks: MaskSource, step: number, dealing: number): Uint8Array {
  const key = masks.dealingKey?.(step, dealing);
  if (key === undefined) throw new MoongateError("INTERNAL", "these masks cannot be audited");
  return key;
}

export interface DealerAuditOptions {
  readonly side: Side;
  readonly rate: number;
  readonly pair: Link;
  readonly dealer: Link;
  readonly masks: MaskSource;
  readonly waiting: Waiting;
  readonly ring: Ring;
  readonly memory: Arena;
  /** Hears of every dealing that was opened and found as it must be. */
  readonly onAudited?: ((count: number) => void) | undefined;
}

interface Audited {
  readonly number: number;
  readonly operation: Operation<unknown>;
  /** What commerce was dealt in each dealing that is opened; at media nothing. */
  readonly dealt: readonly Uint8Array[];
}

/**
 * The parties' audit of a dealer that might not keep to the program (cut and choose).
 *
 * Operations that are dealt from keys alone draw their masks from keys of their own: one for each
 * dealing of each step. In a step:
 * 1. The dealer deals, as always, dealing 0 of it.
 * 2. Once commerce has that, a coin that the dealer does not know says whether it is used or opened.
 *    Opened, commerce asks for the next dealing, under new keys, and the coin falls again.
 * 3. The step runs on the dealing whose coin was tails.
 * 4. After the step the parties tell each other their keys of the opened dealings, and commerce a
 *    hash of what it was dealt. Each runs the dealer's program on both keys, and compares.
 *
 * Every dealing that is used was at risk: one wrong dealing is found with probability `rate`, c of them
 * with 1 − (1 − rate)^c, and the session ends before anything more is revealed. Safe because masks of
 * an opened dealing cover nothing. What depends on the data masks (products) is not checked: to open
 * it would open the data masks.
 */
export class DealerAudit {
  readonly #options: DealerAuditOptions;
  #coin: Coin | undefined;
  #step = 0;
  #keys: Uint8Array[] = [];
  #streams: KeyedStreams | undefined;
  #spares: TensorReader[] = [];
  #dealt = false;
  #audited: Audited[] = [];

  constructor(options: DealerAuditOptions) {
    this.#options = options;
  }

  /** Draws the step's keys, one for each dealing until a coin is tails. */
  async begin(step: number): Promise<void> {
    const { side, pair, rate, waiting, masks } = this.#options;
    this.#coin ??= await tossCoins(side, pair, rate, waiting);
    this.#step = step;
    this.#keys = [dealingKeyOf(masks, step, 0)];
    while (this.#coin(step, this.#opened)) {
      this.#keys.push(dealingKeyOf(masks, step, this.#keys.length));
    }
    this.#streams = new KeyedStreams(at(this.#keys, this.#opened));
    this.#spares = [];
    this.#dealt = false;
    this.#audited = [];
  }

  /** Dealings of this step that are opened: all but the last. */
  get #opened(): number {
    return this.#keys.length - 1;
  }

  /** The masks of an operation; undefined for one that is dealt from more than keys. */
  streams(operation: Operation<unknown>): KeyedStreams | undefined {
    return operation.dealtFrom === "keys" ? this.#streams : undefined;
  }

  /**
   * Commerce has the step's deal: asks for one dealing more for each that is opened.
   * @throws FRAME_INVALID for a second frame of a step: a dealer that could send the rest later would
   *   see by then whether this dealing is used, and cheat in those alone.
   */
  async received(): Promise<void> {
    if (this.#dealt) {
      throw new MoongateError("FRAME_INVALID", "a step under audit was dealt in several frames");
    }
    this.#dealt = true;
    const { dealer, waiting, memory } = this.#options;
    for (let dealing = 1; dealing <= this.#opened; dealing++) {
      const request = new DataView(new ArrayBuffer(8));
      request.setUint32(0, this.#step, true);
      request.setUint32(4, dealing, true);
      await dealer.send(SPARE, new Uint8Array(request.buffer));
      this.#spares.push(new TensorReader(await dealer.receive(SPARE, waiting), memory));
    }
  }

  /** Commerce's reader of what was dealt for an operation: of the last dealing. */
  take(number: number, operation: Operation<unknown>, main: TensorReader): TensorReader {
    if (operation.dealtFrom !== "keys" || this.#opened === 0) return main;
    const all = [main, ...this.#spares].map((reader) => reader.bytes(operation.cost.dealt));
    this.#audited.push({ number, operation, dealt: all.slice(0, -1) });
    return new TensorReader(at(all, this.#opened), this.#options.memory);
  }

  /** Media's note of an operation that it was dealt by its own seed. */
  note(number: number, operation: Operation<unknown>): void {
    if (operation.dealtFrom === "keys") this.#audited.push({ number, operation, dealt: [] });
  }

  /** Opens, replays and compares. @throws DEAL_ALTERED */
  async end(): Promise<void> {
    for (const spare of this.#spares) spare.requireEnd(SPARE);
    if (this.#opened === 0 || this.#audited.length === 0) return;
    const { side, pair, waiting } = this.#options;
    const own = concat(...this.#keys.slice(0, -1));
    const keyBytes = this.#opened * SECRET_BYTES;
    const said = side === "commerce" ? [own, this.#hash(this.#dealtBytes())] : [own];
    const [theirs] = await Promise.all([
      receiveBytes(
        pair,
        OPENED_KEYS,
        waiting,
        side === "media" ? keyBytes + SECRET_BYTES : keyBytes,
      ),
      pair.send(OPENED_KEYS, ...said),
    ]);
    pair.meter.countRound();
    const expected = this.#hash(this.#replayed({ [side]: own, [otherSide(side)]: theirs } as Keys));
    const seen = side === "media" ? theirs.subarray(keyBytes) : this.#hash(this.#dealtBytes());
    if (!equalBytes(expected, seen)) {
      throw new MoongateError(
        "DEAL_ALTERED",
        `what the coordinator dealt for step ${this.#step} is not what its program deals`,
      );
    }
    this.#options.onAudited?.(this.#opened);
  }

  /** What commerce was dealt and is opened, dealing after dealing. */
  #dealtBytes(): Uint8Array[] {
    return this.#keys
      .slice(0, -1)
      .flatMap((_, dealing) => this.#audited.map(({ dealt }) => at(dealt, dealing)));
  }

  /** The same as the dealer's program makes it of both parties' keys. */
  #replayed(keys: Keys): Uint8Array[] {
    const { ring, memory } = this.#options;
    const all: Uint8Array[] = [];
    for (let dealing = 0; dealing < this.#opened; dealing++) {
      const of = (side: Side): KeyedStreams =>
        new KeyedStreams(keys[side].slice(dealing * SECRET_BYTES, (dealing + 1) * SECRET_BYTES));
      const streams = { media: of("media"), commerce: of("commerce") };
      for (const { number, operation } of this.#audited) {
        // A copy: words in the ring's memory move when it grows.
        const onDealt = (rest: { bytes(): Uint8Array }): void =>
          void all.push(rest.bytes().slice());
        operation.dealer(dealingFromKeys({ ring, memory, operation, number, streams, onDealt }));
      }
    }
    return all;
  }

  #hash(parts: readonly Uint8Array[]): Uint8Array {
    return sha256("moongate/1 opened dealings", ...parts);
  }
}

type Keys = Readonly<Record<Side, Uint8Array>>;
