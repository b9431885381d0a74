import { hmac, keystream, type MacKey, macKey, sha256, toHex } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";

/** A source of one-time masks. A party has one; the dealer has both parties'. */
export interface MaskSource {
  /** Begin a step; its number must be above every earlier one. */
  openStep(step: number): void;
  /** The mask of that tensor of the step's n-th operation, to be taken in stretches. Once. */
  stream(operation: number, tensor: string): MaskStream;
  /**
   * The data mask of the session's n-th table (from 0), for rows of `width` words. Once: a second
   * table under the same number would be a second value under the same mask.
   * @throws MASK_REUSED
   */
  tableMask(table: number, width: number): TableMask;
  /**
   * The key of a step's masks for one dealing of what depends on keys alone: see `DealerAudit`. Numbers
   * of dealings go up from 0, each once. A source without it cannot be audited.
   * @throws MASK_REUSED
   */
  dealingKey?(step: number, dealing: number): Uint8Array;
}

/** The data mask of one table's rows. */
export interface TableMask {
  /**
   * Fill the target with the mask of consecutive rows. Unlike a drawn mask it may be asked for
   * again: it belongs to rows that do not change. That a party sends its rows under it once only
   * is the machine's to see to.
   */
  fill(firstRow: number, target: Uint8Array): void;
}

/** One mask: every fill goes on where the last one ended. */
export interface MaskStream {
  fill(target: Uint8Array): void;
}

/** The masks of one key, by operation and tensor; each once. */
export class KeyedStreams {
  readonly #key: Uint8Array;
  readonly #used = new Set<string>();

  constructor(key: Uint8Array) {
    this.#key = key;
  }

  /** @throws MASK_REUSED */
  stream(operation: number, tensor: string): MaskStream {
    const tag = tensorTag(tensor);
    const claim = `${operation} ${tag.text}`;
    if (this.#used.has(claim)) {
      throw new MoongateError(
        "MASK_REUSED",
        `mask "${tensor}" of operation ${operation} was drawn before in its step`,
      );
    }
    this.#used.add(claim);
    const counter = new Uint8Array(16);
    new DataView(counter.buffer).setUint32(0, operation);
    counter.set(tag.bytes, 4);
    return keystream(this.#key, counter);
  }
}

/** Steps whose dealings are remembered: more than the dealer is ever ahead of the parties. */
const REMEMBERED_STEPS = 64;

/** Version of the derivation below: part of every label. */
const VERSION = "moongate/1";

/**
 * One-time masks expanded from a dealer seed.
 *
 * 1. A step's key is HKDF-SHA256(seed, info = version | "mask" | session | incarnation | step).
 * 2. A tensor's mask is AES-256-CTR under that key, from the counter
 *    operation (4 bytes) | SHA-256(tensor) (first 4 bytes) | 0 (8 bytes, the block counter),
 *    so the blocks of two tensors never meet (2^64 blocks apart).
 * 3. Every table's data mask has a key of its own, HKDF-SHA256(seed, info = version | "data mask" |
 *    session | incarnation | table), and one stream: row i takes the words from i · width on.
 * 4. The registry refuses a counter that was used in this step and every step not above the last,
 *    which is all it needs to remember, and every table's number that was used before: a label is
 *    used once, and memory stays constant, as a session has one table.
 */
export class MaskStreams implements MaskSource {
  /** HKDF's pseudorandom key of the seed. */
  readonly #extracted: MacKey;
  readonly #session: readonly [string, number];
  readonly #context: string;
  #step = -1;
  #streams: KeyedStreams | undefined;
  readonly #dealings = new Map<number, number>();
  readonly #tables = new Set<number>();

  /** @param seed 32 secret bytes, shared by this party and the dealer alone. */
  constructor(
    seed: Uint8Array,
    context: { readonly session: string; readonly incarnation: number },
  ) {
    this.#extracted = macKey(hmac(macKey(new Uint8Array(32)), seed));
    this.#session = [context.session, context.incarnation];
    this.#context = JSON.stringify([VERSION, "mask", ...this.#session]);
  }

  openStep(step: number): void {
    if (!Number.isSafeInteger(step) || step <= this.#step) {
      throw new MoongateError("MASK_REUSED", `step ${step} comes after step ${this.#step}`);
    }
    this.#step = step;
    this.#streams = new KeyedStreams(this.#expandKey(`${this.#context}${step}`));
  }

  /** HKDF-Expand (RFC 5869) to one block; Node's hkdfSync costs ten times as much, once a step. */
  #expandKey(info: string): Uint8Array {
    return hmac(this.#extracted, info, Uint8Array.of(1));
  }

  stream(operation: number, tensor: string): MaskStream {
    if (this.#streams === undefined)
      throw new MoongateError("INTERNAL", "a mask was drawn outside a step");
    return this.#streams.stream(operation, tensor);
  }

  dealingKey(step: number, dealing: number): Uint8Array {
    const next = this.#dealings.get(step) ?? 0;
    if (dealing !== next) {
      throw new MoongateError(
        "MASK_REUSED",
        `dealing ${dealing} of step ${step} comes after ${next}`,
      );
    }
    this.#dealings.set(step, next + 1);
    this.#dealings.delete(step - REMEMBERED_STEPS);
    return this.#expandKey(
      JSON.stringify([VERSION, "dealing mask", ...this.#session, step, dealing]),
    );
  }

  tableMask(table: number, width: number): TableMask {
    if (this.#tables.has(table)) {
      throw new MoongateError("MASK_REUSED", `the data mask of table ${table} was taken before`);
    }
    this.#tables.add(table);
    const key = this.#expandKey(JSON.stringify([VERSION, "data mask", ...this.#session, table]));
    return {
      fill: (firstRow, target) => {
        const offset = firstRow * width * 8;
        const counter = new Uint8Array(16);
        new DataView(counter.buffer).setBigUint64(8, BigInt(Math.floor(offset / 16)));
        const stream = keystream(key, counter);
        // A row may begin in the middle of a cipher block.
        if (offset % 16 !== 0) stream.skip(offset % 16);
        stream.fill(target);
      },
    };
  }
}

interface Tag {
  readonly bytes: Uint8Array;
  readonly text: string;
}

const tags = new Map<string, Tag>();

function tensorTag(tensor: string): Tag {
  let tag = tags.get(tensor);
  if (tag === undefined) {
    const bytes = sha256(tensor).slice(0, 4);
    tag = { bytes, text: toHex(bytes) };
    tags.set(tensor, tag);
  }
  return tag;
}
