import { MoongateError } from "@moongate/errors";
import type { Core } from "./core.ts";
import { MemoryMatrix, MemoryWords } from "./tensors.ts";
import type { Matrix, Words } from "./types.ts";

const shape = (m: Matrix): string => `${m.rows} x ${m.cols}`;

/** @throws SHAPE_MISMATCH if a tensor lives in another ring's memory. */
export function checkHome(core: Core, ...tensors: readonly (Matrix | Words)[]): void {
  for (const tensor of tensors) {
    const known = tensor instanceof MemoryMatrix || tensor instanceof MemoryWords;
    if (known && tensor.memory === core.memory) continue;
    throw new MoongateError("SHAPE_MISMATCH", "a tensor belongs to another ring");
  }
}

/** Checks that matrices are this ring's and of one shape; returns their number of words. */
export function sameShape(core: Core, first: Matrix, ...others: readonly Matrix[]): number {
  checkHome(core, first, ...others);
  for (const other of others) checkShape("a matrix", other, first.rows, first.cols);
  return first.rows * first.cols;
}

/** @throws SHAPE_MISMATCH naming the matrix, its shape and the expected one. */
export function checkShape(name: string, m: Matrix, rows: number, cols: number): void {
  if (m.rows === rows && m.cols === cols) return;
  throw new MoongateError("SHAPE_MISMATCH", `${name} is ${shape(m)} instead of ${rows} x ${cols}`);
}

/** @throws SHAPE_MISMATCH naming the vector, its length and the expected one. */
export function checkLength(name: string, length: number, expected: number): void {
  if (length === expected) return;
  throw new MoongateError(
    "SHAPE_MISMATCH",
    `${name} has ${length} elements instead of ${expected}`,
  );
}

/** @throws SCALE_MISMATCH unless `bits` is a whole number between the bounds (inclusive). */
export function checkBits(name: string, bits: number, least: number, most: number): void {
  if (Number.isInteger(bits) && bits >= least && bits <= most) return;
  throw new MoongateError("SCALE_MISMATCH", `${name} is ${bits}, not within ${least} to ${most}`);
}

/** Checks operations that read an input after they began to write. @throws SHAPE_MISMATCH on overlap. */
export function checkApart(out: Matrix, ...inputs: readonly Matrix[]): void {
  const end = out.pointer + out.rows * out.cols * 8;
  for (const input of inputs) {
    const inputEnd = input.pointer + input.rows * input.cols * 8;
    if (end <= input.pointer || inputEnd <= out.pointer) continue;
    if (out.rows * out.cols === 0 || input.rows * input.cols === 0) continue;
    throw new MoongateError("SHAPE_MISMATCH", "the result overlaps an input in memory");
  }
}

/** Checks a row subset of `a`: @throws SHAPE_MISMATCH if an index is not a row. */
export function checkRows(core: Core, a: Matrix, rows: Words): void {
  checkHome(core, rows);
  if (rows.length === 0) return;
  const largest = core.kernels.largestIndex(rows.pointer, rows.length) >>> 0;
  if (largest < a.rows) return;
  throw new MoongateError("SHAPE_MISMATCH", `row ${largest} of ${a.rows} rows was asked for`);
}
