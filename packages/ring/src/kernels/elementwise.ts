import { checkBits, checkHome, sameShape } from "../checks.ts";
import type { Core } from "../core.ts";
import type { Matrix } from "../types.ts";

export function copy(core: Core, out: Matrix, a: Matrix): Matrix {
  sameShape(core, out, a);
  out.words().set(a.words());
  return out;
}

export function fill(core: Core, out: Matrix, value: bigint): Matrix {
  checkHome(core, out);
  out.words().fill(BigInt.asUintN(64, value));
  return out;
}

export function add(core: Core, out: Matrix, a: Matrix, b: Matrix): Matrix {
  const count = sameShape(core, out, a, b);
  core.kernels.add(out.pointer, a.pointer, b.pointer, count);
  return out;
}

export function subtract(core: Core, out: Matrix, a: Matrix, b: Matrix): Matrix {
  const count = sameShape(core, out, a, b);
  core.kernels.subtract(out.pointer, a.pointer, b.pointer, count);
  return out;
}

export function negate(core: Core, out: Matrix, a: Matrix): Matrix {
  core.kernels.negate(out.pointer, a.pointer, sameShape(core, out, a));
  return out;
}

export function addConstant(core: Core, out: Matrix, a: Matrix, constant: bigint): Matrix {
  core.kernels.addConstant(out.pointer, a.pointer, constant, sameShape(core, out, a));
  return out;
}

export function scale(core: Core, out: Matrix, a: Matrix, factor: bigint): Matrix {
  core.kernels.scale(out.pointer, a.pointer, factor, sameShape(core, out, a));
  return out;
}

export function shiftLeft(core: Core, out: Matrix, a: Matrix, bits: number): Matrix {
  checkBits("the left shift", bits, 0, 63);
  core.kernels.shiftLeft(out.pointer, a.pointer, bits, sameShape(core, out, a));
  return out;
}

export function hadamard(core: Core, out: Matrix, a: Matrix, b: Matrix): Matrix {
  const count = sameShape(core, out, a, b);
  core.kernels.hadamard(out.pointer, a.pointer, b.pointer, count);
  return out;
}
