import { checkBits, sameShape } from "../checks.ts";
import type { Core } from "../core.ts";
import type { Matrix } from "../types.ts";

// Truncation of a shared |x| < 2^62 by m bits, in one round and never off by more than one unit:
//
// 1. The dealer deals shares of r (uniform), of r >> m (`truncateDeal`) and of r's top bit b.
// 2. The parties open c = x + 2^62 + r mod 2^64 (`truncateOpening`).
// 3. x + 2^62 is in (0, 2^63), so the sum wrapped exactly if b = 1 and c's top bit is 0. Over the
//    integers x + 2^62 + r = c + b (1 - msb c) 2^64, hence, up to one carry,
//    x >> m = (c >> m) + b (1 - msb c) 2^(64-m) - (r >> m) - 2^(62-m)  (`truncateClose`):
//    linear in the dealt shares; the first party adds what is public.

const OFFSET = 1n << 62n;

export function truncateOpening(
  core: Core,
  out: Matrix,
  x: Matrix,
  r: Matrix,
  first: boolean,
): Matrix {
  const count = sameShape(core, out, x, r);
  core.kernels.truncateOpening(out.pointer, x.pointer, r.pointer, first ? OFFSET : 0n, count);
  return out;
}

export function truncateDeal(
  core: Core,
  shifted: Matrix,
  topBit: Matrix,
  r: Matrix,
  bits: number,
): void {
  checkBits("the number of truncated bits", bits, 1, 62);
  const count = sameShape(core, shifted, topBit, r);
  core.kernels.truncateDeal(shifted.pointer, topBit.pointer, r.pointer, bits, count);
}

export function truncateClose(
  core: Core,
  out: Matrix,
  opened: Matrix,
  shiftedShare: Matrix,
  topBitShare: Matrix,
  bits: number,
  first: boolean,
): Matrix {
  checkBits("the number of truncated bits", bits, 1, 62);
  const count = sameShape(core, out, opened, shiftedShare, topBitShare);
  core.kernels.truncateClose(
    out.pointer,
    opened.pointer,
    shiftedShare.pointer,
    topBitShare.pointer,
    bits,
    first,
    count,
  );
  return out;
}
