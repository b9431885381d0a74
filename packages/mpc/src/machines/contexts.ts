import type { Arena, Matrix, Ring, Words } from "@moongate/ring";
import type { LedgerLine } from "../disclosure.ts";
import type { Side } from "../side.ts";
import type { FlaggedRows, PrivateMatrix, Rows, Shared, VerticalMatrix } from "../values.ts";

/** The context of an operation's party code. */
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
  /** Rows of a private matrix, at its owner. */
  privateRows(m: PrivateMatrix, rows: Rows): Matrix | undefined;
  /** The data mask of the next own rows to be sent. @throws MASK_REUSED for rows sent before. */
  dataMask(x: VerticalMatrix, from: number, to: number): Matrix;
  keepMaskedRows(x: VerticalMatrix, from: number, rows: Matrix): void;
  disclose(line: LedgerLine): void;
}

export interface GatheredRows {
  readonly own: Matrix;
  readonly masked: Matrix;
}

/** One tensor of an operation's opening, as this party has it after the round. */
export interface OpenedTensor {
  /** The operation's place in its step, from 0: part of its masks' labels. */
  readonly number: number;
  readonly operation: string;
  readonly tensor: string;
  /** opened: both parties' openings, added up. received: the other's alone. */
  readonly source: "opened" | "received";
  /** Ring elements of 64 bits, or angles of 32 in one column. */
  readonly element: "u64" | "u32";
  readonly rows: number;
  readonly cols: number;
  /** Little endian, row-major; in the ring's memory: copy what shall last. */
  readonly bytes: Uint8Array;
}

/** The context of an operation's dealer code. */
export interface DealerContext {
  readonly ring: Ring;
  readonly memory: Arena;
  /** The mask that side will draw under the same name. */
  mask(side: Side, tensor: string, rows: number, cols: number): Matrix;
  maskWords(side: Side, tensor: string, length: number): Words;
  /** Split the tensor: media's share is a mask from its own seed, commerce is sent the rest. */
  deal(value: Matrix): void;
  /**
   * The words of rows whose flag is not set become zero. The words stand for `each` values a row, row
   * after row; several such tables may follow one another.
   */
  keepFlagged(words: Matrix, flagged: FlaggedRows, each: number): Matrix;
  /** Adds to the words of rows whose flag is not set what nobody knows: fresh uniform words. */
  blindOthers(words: Matrix, flagged: FlaggedRows): Matrix;
  /** Commerce's share of a sealed value; undefined of any other. */
  known(value: Shared): Matrix | undefined;
  /** Commerce must open exactly this: media is told its hash when the round ends. */
  expect(opening: Matrix): void;
  /** The data masks of rows of a vertical matrix. */
  columnMasks(x: VerticalMatrix, rows: Rows): Readonly<Record<Side, Matrix>>;
  handle(rows: number, cols: number, scale: number): Shared;
}

/** The context of an operation's twin code: everything in the clear, in floating point. */
export interface TwinContext {
  /** Row-major values. */
  value(shared: Shared): Float64Array;
  wrap(values: Float64Array, rows: number, cols: number, scale: number): Shared;
  /** Row-major values of the joined columns, media's first, of these rows. */
  columns(x: VerticalMatrix, rows: Rows): Float64Array;
  /** Row-major values of these rows. */
  privateRows(m: PrivateMatrix, rows: Rows): Uint8Array;
  flags(flagged: FlaggedRows): Uint8Array;
  disclose(line: LedgerLine): void;
}
