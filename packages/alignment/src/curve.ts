import { at } from "@moongate/errors";
import { hmac, type MacKey, toHex } from "@moongate/crypto";

/** The field and the curve v^2 = u^3 + A u^2 + u of RFC 7748 section 4.1. */
const P = 2n ** 255n - 19n;
const A = 486662n;

export const POINT_BYTES = 32;

/**
 * An id as the u-coordinate of a point on Curve25519, by try and increment: HMAC-SHA256 of a
 * counter byte and the id, 255 bits, until the value is on the curve (two tries on average).
 *
 * X25519 would also accept the other half of all values, which lie on the curve's quadratic
 * twist. They are passed over on purpose: multiplication never leaves curve or twist, so the
 * blinded list would tell the peer how many of a party's ids hash to the twist, a number that
 * depends on ids outside the intersection. The running time depends on the id, as hashing to a
 * curve this way does; it is spent before the point is sent, on batches of ids.
 * @returns 32 bytes, little endian.
 */
export function hashToCurve(key: MacKey, id: string): Uint8Array {
  for (let counter = 0; ; counter++) {
    const digest = hmac(key, Uint8Array.of(counter & 0xff), id);
    digest[31] = at(digest, 31) & 0x7f;
    if (isOnCurve(digest)) return digest;
  }
}

/** True if a u-coordinate (32 bytes, little endian) belongs to a point of the curve. */
export function isOnCurve(bytes: Uint8Array): boolean {
  const u = BigInt(`0x${toHex(bytes.toReversed())}`) % P;
  return jacobi((((u + A) * u + 1n) * u) % P) !== -1;
}

/**
 * The Jacobi symbol (value / P) by Euclid's algorithm with quadratic reciprocity
 * (Cohen, A Course in Computational Algebraic Number Theory, algorithm 1.4.10); P is prime, so
 * it is 1 for squares, -1 for the others and 0 for 0.
 */
export function jacobi(value: bigint): -1 | 0 | 1 {
  let [a, n] = [value % P, P];
  let negative = false;
  while (a !== 0n) {
    const twos = trailingZeros(a);
    a >>= BigInt(twos);
    const [aLow, nLow] = [Number(a & 7n), Number(n & 7n)];
    if (twos % 2 === 1 && (nLow === 3 || nLow === 5)) negative = !negative;
    if (aLow % 4 === 3 && nLow % 4 === 3) negative = !negative;
    [a, n] = [n % a, a];
  }
  if (n !== 1n) return 0;
  return negative ? -1 : 1;
}

function trailingZeros(value: bigint): number {
  let zeros = 0;
  let low = Number(BigInt.asUintN(32, value));
  for (let rest = value; low === 0; low = Number(BigInt.asUintN(32, rest))) {
    rest >>= 32n;
    zeros += 32;
  }
  return zeros + 31 - Math.clz32(low & -low);
}
