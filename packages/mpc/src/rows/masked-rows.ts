import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
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

/** Where rows go that do not fit the memory meant for them. */
export interface Spill {
  readonly directory: string;
  /** Tables up to this size stay in memory. */
  readonly aboveBytes: number;
}

/** @throws SPILL_FAILED where a file is needed and cannot be made; so do its rows. */
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
    this.#file = onDisk("made", () => {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      const path = join(directory, `masked-rows-${randomBytes(8).toString("hex")}`);
      const file = openSync(path, "wx+", 0o600);
      unlinkSync(path);
      return file;
    });
  }

  write(from: number, rows: Uint8Array): void {
    const start = from * this.#rowBytes;
    wholly("written", rows.length, (done) =>
      writeSync(this.#file, rows, done, rows.length - done, start + done),
    );
  }

  gather(rows: Rows, out: Matrix): void {
    const target = out.bytes();
    for (const { row, count, at } of runs(rows)) {
      const start = row * this.#rowBytes;
      const to = at * this.#rowBytes;
      const length = count * this.#rowBytes;
      wholly("read", length, (done) =>
        readSync(this.#file, target, to + done, length - done, start + done),
      );
    }
  }

  close(): void {
    if (this.#open) closeSync(this.#file);
    this.#open = false;
  }
}

/** The system may move fewer bytes than it was asked for: ask again, unless it moves none. */
function wholly(what: string, length: number, move: (done: number) => number): void {
  for (let done = 0; done < length; ) {
    const moved = onDisk(what, () => move(done));
    if (moved === 0) throw spillFailed(what, `it ended ${length - done} bytes early`);
    done += moved;
  }
}

function onDisk<T>(what: string, body: () => T): T {
  try {
    return body();
  } catch (cause) {
    throw spillFailed(what, (cause as NodeJS.ErrnoException).code ?? "unknown", cause);
  }
}

function spillFailed(what: string, why: string, cause?: unknown): MoongateError {
  const message = `the file of the other party's masked rows cannot be ${what}: ${why}`;
  return new MoongateError("SPILL_FAILED", message, { cause });
}
