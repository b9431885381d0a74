import { closeSync, fstatSync, openSync, readFileSync, readSync } from "node:fs";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { checked } from "@moongate/messages";
import {
  ELEMENT_BYTES,
  type Tensor,
  tensorSchema,
  VIEW_FILES,
  viewHeaderSchema,
} from "./format.ts";
import type { View } from "./view.ts";

/** A view in files; close it when done. */
export interface ViewFile extends View {
  close(): void;
}

/**
 * Opens a recorded view; tensors are read when they are asked for.
 * @throws MoongateError VIEW_INVALID for a folder that holds none of this version; FILE_MISSING.
 */
export function openView(folder: string): ViewFile {
  const header = checked(
    viewHeaderSchema,
    json(readText(join(folder, VIEW_FILES.header))),
    "VIEW_INVALID",
    VIEW_FILES.header,
  );
  const values = join(folder, VIEW_FILES.values);
  const lines = readText(join(folder, VIEW_FILES.index)).split("\n");
  if (lines.pop() !== "") {
    throw new MoongateError("VIEW_INVALID", `${VIEW_FILES.index} ends inside a line`);
  }
  const tensors = lines.map((line) =>
    checked(tensorSchema, json(line), "VIEW_INVALID", VIEW_FILES.index),
  );
  const file = openValues(values);
  try {
    requireWhole(tensors, fstatSync(file).size);
  } catch (thrown) {
    closeSync(file);
    throw thrown;
  }
  return {
    header,
    tensors,
    bytes: (tensor) => {
      const bytes = new Uint8Array(lengthOf(tensor));
      readWhole(file, bytes, tensor.offset);
      return bytes;
    },
    close: () => {
      closeSync(file);
    },
  };
}

/** Tensors follow each other without a gap, and the last ends where the file does. */
function requireWhole(tensors: readonly Tensor[], size: number): void {
  let end = 0;
  for (const tensor of tensors) {
    if (tensor.offset !== end) {
      throw new MoongateError("VIEW_INVALID", `the tensor "${tensor.name}" begins at another byte`);
    }
    end += lengthOf(tensor);
  }
  if (end !== size) {
    const cause = `${VIEW_FILES.values} has ${size} bytes and its tensors take ${end}`;
    throw new MoongateError("VIEW_INVALID", cause);
  }
}

const lengthOf = ({ rows, cols, element }: Tensor): number => rows * cols * ELEMENT_BYTES[element];

function readWhole(file: number, bytes: Uint8Array, offset: number): void {
  for (let from = 0; from < bytes.length; ) {
    const read = readSync(file, bytes, from, bytes.length - from, offset + from);
    if (read === 0) throw new MoongateError("VIEW_INVALID", "the view ends inside a tensor");
    from += read;
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw missing(file, cause);
  }
}

function openValues(file: string): number {
  try {
    return openSync(file, "r");
  } catch (cause) {
    throw missing(file, cause);
  }
}

function missing(file: string, cause: unknown): MoongateError {
  return new MoongateError("FILE_MISSING", `cannot read ${file}`, {
    cure: "Name a run that was recorded with --record.",
    cause,
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MoongateError("VIEW_INVALID", "the view is not JSON", { cause });
  }
}
