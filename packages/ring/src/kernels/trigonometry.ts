import { MoongateError } from "@moongate/errors";
import { checkApart, checkBits, checkHome, checkLength, checkShape } from "../checks.ts";
import type { Core } from "../core.ts";
import { SINE_TABLE_BITS } from "../sine-table.ts";
import type { Matrix, Words } from "../types.ts";

/** Fraction bits of the Fourier coefficients; magnitudes below 16 keep every sum within 64 bits. */
export const COEFFICIENT_BITS = 28;
const LARGEST_COEFFICIENT = 16;
/** Coefficients fill the first part of the scratch memory, the kernel's passes the rest. */
const MOST_HARMONICS = 4096;

export function harmonics(core: Core, out: Matrix, angle: Words, bits: number): Matrix {
  checkHome(core, out, angle);
  checkBits("the number of fraction bits", bits, 0, SINE_TABLE_BITS);
  const count = Math.floor(out.rows / 2);
  checkShape("the matrix of harmonics", out, 2 * count, angle.length);
  core.kernels.harmonics(
    out.pointer,
    angle.pointer,
    core.table,
    core.scratch,
    count,
    SINE_TABLE_BITS - bits,
    angle.length,
  );
  return out;
}

/** Writes the coefficients as integers, sines then cosines, to the start of the scratch memory. */
function writeCoefficients(core: Core, sine: Float64Array, cosine: Float64Array): void {
  const count = sine.length;
  checkLength("the list of cosine coefficients", cosine.length, count);
  if (count > MOST_HARMONICS) {
    throw new MoongateError("SHAPE_MISMATCH", `${count} harmonics are more than ${MOST_HARMONICS}`);
  }
  const both = new Float64Array(core.memory.buffer, core.scratch, 2 * count);
  both.set(sine);
  both.set(cosine, count);
  const position = both.findIndex((value) => !(Math.abs(value) < LARGEST_COEFFICIENT));
  if (position !== -1) {
    throw new MoongateError(
      "SATURATION",
      `the Fourier coefficient at position ${position} is not below ${LARGEST_COEFFICIENT} in magnitude`,
      { details: { position } },
    );
  }
  core.kernels.encode(core.scratch, 2 ** COEFFICIENT_BITS, 2 * count);
}

export function fourier(
  core: Core,
  out: Matrix,
  angle: Words,
  dealt: Matrix,
  sine: Float64Array,
  cosine: Float64Array,
  publicBits: number,
): Matrix {
  checkHome(core, out, angle, dealt);
  checkBits("the number of public bits", publicBits, 0, SINE_TABLE_BITS);
  checkLength("the result", out.rows * out.cols, angle.length);
  checkShape("the matrix of dealt harmonics", dealt, 2 * sine.length, angle.length);
  checkApart(out, dealt);
  writeCoefficients(core, sine, cosine);
  core.kernels.fourier(
    out.pointer,
    angle.pointer,
    dealt.pointer,
    core.scratch,
    core.table,
    core.scratch + 2 * MOST_HARMONICS * 8,
    sine.length,
    SINE_TABLE_BITS + COEFFICIENT_BITS - publicBits,
    angle.length,
  );
  return out;
}
