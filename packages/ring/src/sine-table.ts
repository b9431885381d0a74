/** Points of the turn in the table, as a power of two. */
export const TABLE_BITS = 12;
/** Fraction bits of the table and of every sine and cosine here. */
export const SINE_TABLE_BITS = 30;

const POINTS = 2 ** TABLE_BITS;
const QUARTER = POINTS / 4;
const PRECISION = 96n;
/** floor(pi 2^96) */
const PI = 0x3243f6a8885a308d313198a2en;

let table: Int32Array | undefined;

/**
 * sin(2 pi i / 4096) at 30 bits, rounded to nearest, for i in 0 to 4095. Computed once a process in
 * whole numbers only, so it is the same on every machine.
 */
export function sineTable(): Int32Array {
  table ??= Int32Array.from({ length: POINTS }, (_, i) => {
    const inHalf = i % (2 * QUARTER);
    const inQuarter = inHalf <= QUARTER ? inHalf : 2 * QUARTER - inHalf;
    const value = quarterSine(inQuarter);
    return i < 2 * QUARTER ? value : -value;
  });
  return table;
}

/** The Taylor series of sin at 2 pi i / 4096 <= pi / 2, at 96 bits, then rounded. */
function quarterSine(i: number): number {
  const x = (PI * BigInt(i)) / BigInt(POINTS / 2);
  const square = (x * x) >> PRECISION;
  let sum = 0n;
  let term = x;
  for (let n = 2n; term !== 0n; n += 2n) {
    sum += term;
    term = -((term * square) >> PRECISION) / (n * (n + 1n));
  }
  const drop = PRECISION - BigInt(SINE_TABLE_BITS);
  return Number((sum + (1n << (drop - 1n))) >> drop);
}
