import { wrap } from "./elementwise.ts";

/** What the dealer shares of r: r >> bits and the top bit. */
export const deal = (r: bigint, bits: bigint): { shifted: bigint; topBit: bigint } => ({
  shifted: r >> bits,
  topBit: r >> 63n,
});

/** A party's share of the opening. */
export const opening = (x: bigint, r: bigint, first: boolean): bigint =>
  wrap(x + r + (first ? 1n << 62n : 0n));

/** A party's share of x >> bits from the opened c. */
export function close(
  c: bigint,
  shiftedShare: bigint,
  topBitShare: bigint,
  bits: bigint,
  first: boolean,
): bigint {
  const wrapped = topBitShare * (1n - (c >> 63n)) * (1n << (64n - bits));
  const known = (c >> bits) - (1n << (62n - bits));
  return wrap((first ? known : 0n) - shiftedShare + wrapped);
}
