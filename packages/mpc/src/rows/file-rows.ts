import { closeSync, mkdirSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { join } from "node:path";
import { randomBytes, toHex } from "@moongate/crypto";
import { MoongateError } from "@moongate/errors";
import type { Matrix } from "@moongate/ring";
import type { Rows } from "../values.ts";
import type { MaskedRows, Spill } from "./masked-rows.ts";
import { runs } from "./runs.ts";

/**
 * Keeps masked tables above a size in files of that directory, which needs Node.
 * Opening one throws SPILL_FAILED where the file cannot be made; so do its rows.
 */
export const spillToFiles = (directory: string, aboveBytes: number): Spill => ({
  aboveBytes,
  open: (rowBytes) => new FileRows(rowBytes, directory),
});

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
      const path = join(directory, `masked-rows-${toHex(randomBytes(8))}`);
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
