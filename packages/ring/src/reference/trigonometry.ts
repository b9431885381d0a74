import { at } from "@moongate/errors";
import { SINE_TABLE_BITS, sineTable } from "../sine-table.ts";
import { wrap } from "./elementwise.ts";

const TURN = 1n << 32n;

/** x / 2^bits rounded to the nearest integer, halves up. */
const round = (x: bigint, bits: bigint): bigint =>
  bits === 0n ? x : (x + (1n << (bits - 1n))) >> bits;

const tableAt = (point: bigint): bigint => BigInt(at(sineTable(), Number(point & 0xfffn)));

/**
 * Sine and cosine of an angle (2^32 a turn) at 30 bits, within 1.2 units. This is the specification:
 * the kernels compute exactly this.
 *
 * 1. The nearest of the table's 2^12 points, and the rest of the angle, at most 2^19 either way.
 * 2. The rest in radians, |h| <= 2π / 2^13: h at 41 bits (2π 2^9 = 3217 - 37/4096, to 1e-4), and
 *    h²/2 at 36 bits.
 * 3. sin(p + h) = sin p + cos p h - sin p h²/2 and cos(p + h) = cos p - sin p h - cos p h²/2, up to
 *    h³/6 < 8e-11, a twelfth of a unit; summed at 39 bits, then rounded.
 */
export function sineCosine(angle: bigint): { sine: bigint; cosine: bigint } {
  const turn = (angle + 0x80000n) % TURN;
  const point = turn >> 20n;
  const rest = (turn & 0xfffffn) - 0x80000n;

  const h = rest * 3217n - ((rest * 37n) >> 12n);
  const half = ((h >> 16n) * (h >> 16n)) >> 15n;

  const s = tableAt(point);
  const c = tableAt(point + 1024n);
  const high = (value: bigint): bigint => (value * h) >> 32n;
  const bend = (value: bigint): bigint => ((value >> 15n) * half) >> 12n;
  return {
    sine: s + round(high(c) - bend(s), 9n),
    cosine: c + round(-high(s) - bend(c), 9n),
  };
}

/** Rows 1 to K of sines, then of cosines, of the multiples of each angle, at `bits` bits. */
export function harmonics(angles: readonly number[], count: number, bits: number): bigint[][] {
  const drop = BigInt(SINE_TABLE_BITS - bits);
  const multiples = Array.from({ length: count }, (_, i) =>
    angles.map((angle) => sineCosine((BigInt(angle) * BigInt(i + 1)) % TURN)),
  );
  const rows = (pick: (both: { sine: bigint; cosine: bigint }) => bigint): bigint[][] =>
    multiples.map((row) => row.map((both) => wrap(round(pick(both), drop))));
  return [...rows(({ sine }) => sine), ...rows(({ cosine }) => cosine)];
}

/** Coefficients as integers at 28 bits, times sine or cosine at 30. */
export interface Coefficients {
  readonly sine: readonly bigint[];
  readonly cosine: readonly bigint[];
}

/** The share of f(c - r) from shares of the harmonics of r (2K rows); see Ring.fourier. */
export function fourier(
  angles: readonly number[],
  dealt: readonly (readonly bigint[])[],
  coefficients: Coefficients,
  publicBits: number,
): bigint[] {
  const drop = 58n - BigInt(publicBits);
  const count = coefficients.sine.length;
  return angles.map((angle, i) => {
    let sum = 0n;
    for (let k = 1; k <= count; k++) {
      const a = at(coefficients.sine, k - 1);
      const b = at(coefficients.cosine, k - 1);
      const { sine, cosine } = sineCosine((BigInt(angle) * BigInt(k)) % TURN);
      sum += round(a * sine + b * cosine, drop) * at(at(dealt, count + k - 1), i);
      sum += round(b * sine - a * cosine, drop) * at(at(dealt, k - 1), i);
    }
    return wrap(sum);
  });
}
