import { checkApart, checkHome, checkRows, checkShape } from "../checks.ts";
import type { Core } from "../core.ts";
import type { Matrix, Words } from "../types.ts";

export function transpose(core: Core, out: Matrix, a: Matrix): Matrix {
  checkHome(core, out, a);
  checkShape("the transpose", out, a.cols, a.rows);
  checkApart(out, a);
  core.kernels.transpose(out.pointer, a.pointer, a.rows, a.cols);
  return out;
}

export function gather(core: Core, out: Matrix, a: Matrix, rows: Words): Matrix {
  checkHome(core, out, a);
  checkRows(core, a, rows);
  checkShape("the subset", out, rows.length, a.cols);
  checkApart(out, a);
  core.kernels.gather(out.pointer, a.pointer, rows.pointer, rows.length, a.cols);
  return out;
}

export function sumRows(core: Core, out: Matrix, a: Matrix): Matrix {
  checkHome(core, out, a);
  checkShape("the column sums", out, 1, a.cols);
  checkApart(out, a);
  out.bytes().fill(0);
  core.kernels.sumRows(out.pointer, a.pointer, a.rows, a.cols);
  return out;
}
