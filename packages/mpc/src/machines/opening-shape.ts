import { MoongateError } from "@moongate/errors";
import type { Matrix, Words } from "@moongate/ring";
import type { OpenedTensor } from "./contexts.ts";

/** How a recorded tensor is described. */
export const shapeOf = (values: Matrix | Words): Pick<OpenedTensor, "element" | "rows" | "cols"> =>
  "cols" in values
    ? { element: "u64", rows: values.rows, cols: values.cols }
    : { element: "u32", rows: values.length, cols: 1 };

/** @throws FRAME_INVALID when the parts have not the declared number of bytes together. */
export function requireLength(what: string, parts: readonly Uint8Array[], expected: number): void {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  if (length !== expected) {
    throw new MoongateError(
      "FRAME_INVALID",
      `${what} has ${length} bytes, ${expected} were declared`,
    );
  }
}
