// Truncation with a dealt mask; the equations stand in src/kernels/truncation.ts.

/** out = x + r + offset */
export function truncateOpening(out: usize, x: usize, r: usize, offset: u64, count: usize): void {
  for (let end = out + (count << 3); out < end; out += 8, x += 8, r += 8) {
    store<u64>(out, load<u64>(x) + load<u64>(r) + offset);
  }
}

/** shifted = r >> bits and topBit = r >> 63, both logical; either may be r itself */
export function truncateDeal(
  shifted: usize, topBit: usize, r: usize, bits: u32, count: usize,
): void {
  for (let end = r + (count << 3); r < end; r += 8, shifted += 8, topBit += 8) {
    const word = load<u64>(r);
    store<u64>(shifted, word >> (<u64>bits));
    store<u64>(topBit, word >> 63);
  }
}

/**
 * out = topBitShare (1 - msb c) 2^(64-bits) - shiftedShare, and for the first party
 * also + (c >> bits) - 2^(62-bits)
 */
export function truncateClose(
  out: usize, opened: usize, shiftedShare: usize, topBitShare: usize,
  bits: u32, first: bool, count: usize,
): void {
  const m = <u64>bits;
  const wrap = 64 - m;
  const keep: u64 = first ? 0xffffffffffffffff : 0;
  const offset: u64 = first ? (<u64>1) << (62 - m) : 0;
  const end = out + (count << 3);
  for (; out < end; out += 8, opened += 8, shiftedShare += 8, topBitShare += 8) {
    const c = load<u64>(opened);
    const unwrapped = (c >> 63) - 1; // all ones if the top bit is 0, else 0
    store<u64>(
      out,
      ((c >> m) & keep) - offset - load<u64>(shiftedShare) +
        ((load<u64>(topBitShare) << wrap) & unwrapped),
    );
  }
}
