import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import {
  ELEMENT_BYTES,
  type Tensor,
  VIEW_FILES,
  VIEW_FORMAT,
  VIEW_VERSION,
  type ViewHeader,
} from "./format.ts";

/** Takes down what a process receives, while it receives it. */
export interface ViewRecorder {
  /** @param bytes the numbers as they lie in memory; taken down before this returns. */
  add(tensor: Omit<Tensor, "offset">, bytes: Uint8Array): void;
}

/**
 * Writes a view as files for their owner alone (folder 0700, files 0600). Synchronous: a recorded
 * session is slower, and what was received is on disk whatever happens next.
 */
export class ViewWriter implements ViewRecorder {
  readonly #index: number;
  readonly #values: number;
  #offset = 0;
  #open = true;

  /** @throws if the folder exists: a view is written once. */
  constructor(folder: string, header: Omit<ViewHeader, "format" | "version">) {
    mkdirSync(folder, { mode: 0o700 });
    const document = { format: VIEW_FORMAT, version: VIEW_VERSION, ...header };
    const owner = { mode: 0o600, flag: "wx" } as const;
    writeFileSync(
      join(folder, VIEW_FILES.header),
      `${JSON.stringify(document, undefined, 2)}\n`,
      owner,
    );
    this.#index = openSync(join(folder, VIEW_FILES.index), "wx", 0o600);
    this.#values = openSync(join(folder, VIEW_FILES.values), "wx", 0o600);
  }

  add(tensor: Omit<Tensor, "offset">, bytes: Uint8Array): void {
    const expected = tensor.rows * tensor.cols * ELEMENT_BYTES[tensor.element];
    if (bytes.length !== expected) {
      throw new MoongateError(
        "SHAPE_MISMATCH",
        `${tensor.name} has ${bytes.length} bytes and its shape takes ${expected}`,
      );
    }
    writeWhole(this.#values, bytes);
    const line: Tensor = { ...tensor, offset: this.#offset };
    writeWhole(this.#index, Buffer.from(`${JSON.stringify(line)}\n`));
    this.#offset += bytes.length;
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#index);
    closeSync(this.#values);
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(file, bytes, from);
}
