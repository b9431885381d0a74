import { checkBits, checkHome, checkLength } from "../checks.ts";
import type { Core } from "../core.ts";
import type { Matrix, Words } from "../types.ts";

export function phase(core: Core, out: Words, share: Matrix, periodBits: number): Words {
  checkHome(core, out, share);
  checkBits("the number of period bits", periodBits, 1, 64);
  checkLength("the vector of angles", out.length, share.rows * share.cols);
  core.kernels.phase(out.pointer, share.pointer, 64 - periodBits, out.length);
  return out;
}

export function addWords(core: Core, out: Words, a: Words, b: Words): Words {
  checkHome(core, out, a, b);
  checkLength("the first vector", a.length, out.length);
  checkLength("the second vector", b.length, out.length);
  core.kernels.addWords(out.pointer, a.pointer, b.pointer, out.length);
  return out;
}

export function subtractWords(core: Core, out: Words, a: Words, b: Words): Words {
  checkHome(core, out, a, b);
  checkLength("the first vector", a.length, out.length);
  checkLength("the second vector", b.length, out.length);
  core.kernels.subtractWords(out.pointer, a.pointer, b.pointer, out.length);
  return out;
}
