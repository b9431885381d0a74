import { checkApart, checkHome, checkRows, checkShape } from "../checks.ts";
import type { Core } from "../core.ts";
import type { Matrix, ProductOptions } from "../types.ts";

/** Checks the row subset and returns its length and address (0: all rows, in order). */
function subset(core: Core, a: Matrix, { rows }: ProductOptions): { n: number; at: number } {
  if (rows === undefined) return { n: a.rows, at: 0 };
  checkRows(core, a, rows);
  return { n: rows.length, at: rows.pointer };
}

export function multiply(
  core: Core,
  out: Matrix,
  a: Matrix,
  b: Matrix,
  options: ProductOptions,
): Matrix {
  checkHome(core, out, a, b);
  const { n, at } = subset(core, a, options);
  const { kernels, scratch } = core;
  checkShape("the right factor", b, a.cols, b.cols);
  checkShape("the product", out, n, b.cols);
  checkApart(out, a, b);
  if (options.accumulate !== true) out.bytes().fill(0);
  kernels.multiply(out.pointer, a.pointer, b.pointer, at, n, a.cols, b.cols, scratch);
  return out;
}

export function multiplyTransposed(
  core: Core,
  out: Matrix,
  a: Matrix,
  b: Matrix,
  options: ProductOptions,
): Matrix {
  checkHome(core, out, a, b);
  const { n, at } = subset(core, a, options);
  const { kernels, scratch } = core;
  checkShape("the right factor", b, n, b.cols);
  checkShape("the product", out, a.cols, b.cols);
  checkApart(out, a, b);
  if (options.accumulate !== true) out.bytes().fill(0);
  kernels.multiplyTransposed(out.pointer, a.pointer, b.pointer, at, n, a.cols, b.cols, scratch);
  return out;
}
