import { signed, wrap } from "./elementwise.ts";

/** A finite double as mantissa · 2^exponent, exactly. */
function dissect(value: number): { mantissa: bigint; exponent: bigint } {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const word = view.getBigUint64(0);
  const exponent = (word >> 52n) & 0x7ffn;
  const fraction = word & ((1n << 52n) - 1n);
  const magnitude = exponent === 0n ? fraction : fraction | (1n << 52n);
  return {
    mantissa: word >> 63n === 1n ? -magnitude : magnitude,
    exponent: (exponent === 0n ? 1n : exponent) - 1075n,
  };
}

/** round(value · 2^bits), halves to the even neighbour, as an unsigned word; undefined if too large. */
export function encode(value: number, bits: number): bigint | undefined {
  if (!Number.isFinite(value)) return undefined;
  const { mantissa, exponent } = dissect(value);
  const shift = exponent + BigInt(bits);
  if (shift >= 0n) {
    const whole = mantissa << shift;
    return whole < 1n << 62n && -whole < 1n << 62n ? wrap(whole) : undefined;
  }
  const below = mantissa >> -shift;
  const twice = 2n * (mantissa - (below << -shift));
  const unit = 1n << -shift;
  const up = twice > unit || (twice === unit && (below & 1n) === 1n);
  return wrap(below + (up ? 1n : 0n));
}

/** The two's complement value / 2^bits, rounded to the nearest double. */
export const decode = (word: bigint, bits: number): number => Number(signed(word)) * 2 ** -bits;

/** The largest magnitude of the two's complement values. */
export function maximumMagnitude(a: readonly bigint[]): bigint {
  const magnitudes = a.map((word) => (signed(word) < 0n ? -signed(word) : signed(word)));
  return magnitudes.reduce((largest, one) => (one > largest ? one : largest), 0n);
}
