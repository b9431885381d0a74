import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Matrix } from "@moongate/ring";
import type { Rows } from "../values.ts";

/** Rows of ring elements outside the ring's memory: the other party's columns under their mask. */
export interface MaskedRows {
  write(from: number, rows: Uint8Array): void;
  /** out = these rows. */
  gather(rows: Rows, out: Matrix): void;
  close(): void;
}

/** Where rows go that do not fit the memory meant for them. */
export interface Spill {
  readonly directory: string;
  /** Tables up to this size stay in memory. */
  readonly aboveBytes: number;
}

export function maskedRows(rows: number, width: number, spill: Spill | undefined): MaskedRows {
  const rowBytes = width * 8;
  const size = rows * rowBytes;
  return spill !== undefined && size > spill.aboveBytes
    ? new FileRows(rowBytes, spill.directory)
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

/**
 * A file without a name (it is unlinked once open), read a stretch of rows at a time. What it holds
 * is one-time padded, so a disk may hold it; it vanishes with the process.
 */
class FileRows implements MaskedRows {
  readonly #file: number;
  readonly #rowBytes: number;
  #open = true;

  constructor(rowBytes: number, directory: string) {
    this.#rowBytes = rowBytes;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const path = join(directory, `masked-rows-${randomBytes(8).toString("hex")}`);
    this.#file = openSync(path, "wx+", 0o600);
    unlinkSync(path);
  }

  write(from: number, rows: Uint8Array): void {
    writeSync(this.#file, rows, 0, rows.length, from * this.#rowBytes);
  }

  gather(rows: Rows, out: Matrix): void {
    const target = out.bytes();
    for (const { row, count, at } of runs(rows)) {
      const length = count * this.#rowBytes;
      readSync(this.#file, target, at * this.#rowBytes, length, row * this.#rowBytes);
    }
  }

  close(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }
}

/** Stretches of consecutive rows: batches are made of blocks, so there are few. */
export function* runs(rows: Rows): Generator<{ row: number; count: number; at: number }> {
  for (let at = 0; at < rows.length; ) {
    const row = rows[at] ?? 0;
    let count = 1;
    while (at + count < rows.length && rows[at + count] === row + count) count += 1;
    yield { row, count, at };
    at += count;
  }
}
