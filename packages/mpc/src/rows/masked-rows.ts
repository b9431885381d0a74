import type { Matrix } from "@moongate/ring";
import type { Rows } from "../values.ts";
import { runs } from "./runs.ts";

/** Rows of ring elements outside the ring's memory: the other party's columns under their mask. */
export interface MaskedRows {
  write(from: number, rows: Uint8Array): void;
  /** out = these rows. */
  gather(rows: Rows, out: Matrix): void;
  close(): void;
}

/** The place of rows that do not fit the memory meant for them. */
export interface Spill {
  /** Tables up to this size stay in memory. */
  readonly aboveBytes: number;
  /** Makes the place for a larger table, of rows of that size. */
  readonly open: (rowBytes: number) => MaskedRows;
}

/** @throws what the spill's place throws: SPILL_FAILED where a file cannot be made. */
export function maskedRows(rows: number, width: number, spill: Spill | undefined): MaskedRows {
  const rowBytes = width * 8;
  const size = rows * rowBytes;
  return spill !== undefined && size > spill.aboveBytes
    ? spill.open(rowBytes)
    : new MemoryRows(size, rowBytes);
}

class MemoryRows implements MaskedRows {
  readonly #bytes: Uint8Array;
  readonly #rowBytes: number;

  constructor(size: number, rowBytes: number) {
    this.#bytes = new Uint8Array(size);
    this.#rowBytes = rowBytes;
  }

  write(from: number, rows: Uint8Array): void {
    this.#bytes.set(rows, from * this.#rowBytes);
  }

  gather(rows: Rows, out: Matrix): void {
    const target = out.bytes();
    for (const { row, count, at } of runs(rows)) {
      const from = row * this.#rowBytes;
      const stretch = this.#bytes.subarray(from, from + count * this.#rowBytes);
      target.set(stretch, at * this.#rowBytes);
    }
  }

  close(): void {
    // Memory is the garbage collector's.
  }
}
