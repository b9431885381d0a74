// Fixed point: value = word / 2^bits, two's complement.

/** Largest encodable magnitude (exclusive). */
const LIMIT: f64 = 4611686018427387904.0; // 2^62

/**
 * In place: `count` doubles times `factor` (a power of two, so the product is exact) to words, halves
 * to even. Returns the position of the first value that is NaN or too large, or `count`.
 */
export function encode(at: usize, factor: f64, count: usize): usize {
  for (let i: usize = 0; i < count; i++, at += 8) {
    const value = load<f64>(at) * factor;
    if (!(abs(value) < LIMIT)) return i;
    store<i64>(at, <i64>nearest(value));
  }
  return count;
}

/** out (doubles) = words times `factor` */
export function decode(out: usize, a: usize, factor: f64, count: usize): void {
  for (let end = out + (count << 3); out < end; out += 8, a += 8) {
    store<f64>(out, <f64>load<i64>(a) * factor);
  }
}

/** The largest two's complement magnitude; 0 for no words. */
export function maximumMagnitude(a: usize, count: usize): u64 {
  let largest: u64 = 0;
  for (let end = a + (count << 3); a < end; a += 8) {
    const word = load<i64>(a);
    largest = max(largest, <u64>(word < 0 ? 0 - word : word));
  }
  return largest;
}
