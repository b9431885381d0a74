import { MoongateError } from "@moongate/errors";
import { checkBits, checkHome, checkLength } from "../checks.ts";
import { type Core, SCRATCH_WORDS } from "../core.ts";
import type { Matrix } from "../types.ts";

export function encode(
  core: Core,
  out: Matrix,
  values: Float64Array | readonly number[],
  bits: number,
): Matrix {
  checkHome(core, out);
  checkBits("the number of fraction bits", bits, 0, 62);
  const count = out.rows * out.cols;
  checkLength("the list of values", values.length, count);
  // The doubles are as wide as the words: they are written in place and converted there.
  new Float64Array(core.memory.buffer, out.pointer, count).set(values);
  const position = core.kernels.encode(out.pointer, 2 ** bits, count);
  if (position === count) return out;
  out.bytes().fill(0);
  throw new MoongateError(
    "SATURATION",
    `the value at position ${position} is not a number below 2^${62 - bits} in magnitude`,
    { details: { position, row: Math.floor(position / out.cols), col: position % out.cols, bits } },
  );
}

export function decode(core: Core, a: Matrix, bits: number): Float64Array {
  checkHome(core, a);
  checkBits("the number of fraction bits", bits, 0, 64);
  const count = a.rows * a.cols;
  const values = new Float64Array(count);
  const slice = new Float64Array(core.memory.buffer, core.scratch, SCRATCH_WORDS);
  for (let first = 0; first < count; first += SCRATCH_WORDS) {
    const length = Math.min(SCRATCH_WORDS, count - first);
    core.kernels.decode(core.scratch, a.pointer + first * 8, 2 ** -bits, length);
    values.set(length === SCRATCH_WORDS ? slice : slice.subarray(0, length), first);
  }
  return values;
}

export function maximumMagnitude(core: Core, a: Matrix): bigint {
  checkHome(core, a);
  return BigInt.asUintN(64, core.kernels.maximumMagnitude(a.pointer, a.rows * a.cols));
}
