import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { ELEMENT_BYTES, headerOf, type NewView, type Tensor, VIEW_FILES } from "./format.ts";

/** Takes down what a process receives, while it receives it. */
export interface ViewRecorder {
  /** @param bytes the numbers as they lie in memory; taken down before this returns. */
  add(tensor: Omit<Tensor, "offset">, bytes: Uint8Array): void;
}

/** What stands beside the data, for whoever finds the folder. */
const NOTICE = `This folder holds PRIVATE DATA. It was written because someone asked for a recording.

It is what one process of a Moongate session brought, received and could open: at the parties the
features of their users, at commerce also labels and scores; at a coordinator that was started as
corrupt also the seeds of all masks. Attacks of the privacy lab read it (moongate attack).

view.json        whose view it is, and of what session
tensors.ndjson   one line a tensor: its name, where it comes from, its shape
tensors.bin      the numbers, little-endian, one tensor after the other

Do not copy it to where the data themselves may not be, and remove it when you are done. Nothing
else needs it: the run, its model and its scores are complete without.
`;

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
  constructor(folder: string, view: NewView) {
    mkdirSync(folder, { mode: 0o700 });
    const document = headerOf(view);
    const owner = { mode: 0o600, flag: "wx" } as const;
    writeFileSync(
      join(folder, VIEW_FILES.header),
      `${JSON.stringify(document, undefined, 2)}\n`,
      owner,
    );
    writeFileSync(join(folder, VIEW_FILES.notice), NOTICE, owner);
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
