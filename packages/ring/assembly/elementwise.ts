// Elementwise arithmetic modulo 2^64 on `count` words. Ascending loops, so `out` may be an input.

export function add(out: usize, a: usize, b: usize, count: usize): void {
  const end = out + (count << 3);
  for (const paired = out + ((count & ~1) << 3); out < paired; out += 16, a += 16, b += 16) {
    v128.store(out, i64x2.add(v128.load(a), v128.load(b)));
  }
  if (out < end) store<u64>(out, load<u64>(a) + load<u64>(b));
}

export function subtract(out: usize, a: usize, b: usize, count: usize): void {
  const end = out + (count << 3);
  for (const paired = out + ((count & ~1) << 3); out < paired; out += 16, a += 16, b += 16) {
    v128.store(out, i64x2.sub(v128.load(a), v128.load(b)));
  }
  if (out < end) store<u64>(out, load<u64>(a) - load<u64>(b));
}

export function negate(out: usize, a: usize, count: usize): void {
  for (let end = out + (count << 3); out < end; out += 8, a += 8) {
    store<u64>(out, 0 - load<u64>(a));
  }
}

export function addConstant(out: usize, a: usize, constant: u64, count: usize): void {
  for (let end = out + (count << 3); out < end; out += 8, a += 8) {
    store<u64>(out, load<u64>(a) + constant);
  }
}

export function scale(out: usize, a: usize, factor: u64, count: usize): void {
  for (let end = out + (count << 3); out < end; out += 8, a += 8) {
    store<u64>(out, load<u64>(a) * factor);
  }
}

/** `bits` is 0 to 63: WebAssembly shifts by the count modulo 64. */
export function shiftLeft(out: usize, a: usize, bits: u32, count: usize): void {
  for (let end = out + (count << 3); out < end; out += 8, a += 8) {
    store<u64>(out, load<u64>(a) << (<u64>bits));
  }
}

export function hadamard(out: usize, a: usize, b: usize, count: usize): void {
  for (let end = out + (count << 3); out < end; out += 8, a += 8, b += 8) {
    store<u64>(out, load<u64>(a) * load<u64>(b));
  }
}
