import type { Matrix } from "@moongate/ring";
import { WORD } from "../cost.ts";

/**
 * Copies `width` columns of a, from that one on, into columns of `out`. Both are matrices of one
 * ring, so each row's part is moved within its memory, without allocation.
 */
export function copyColumns(
  out: Matrix,
  outFrom: number,
  a: Matrix,
  from: number,
  width: number,
): void {
  const memory = new Uint8Array(out.bytes().buffer);
  for (let row = 0; row < a.rows; row++) {
    const source = a.pointer + WORD * (row * a.cols + from);
    memory.copyWithin(
      out.pointer + WORD * (row * out.cols + outFrom),
      source,
      source + WORD * width,
    );
  }
}
