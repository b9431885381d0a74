// Angles: unsigned 32-bit words, a full turn is 2^32.

/** out = the top 32 of the low `periodBits` (= 64 - drop) bits of each word */
export function phase(out: usize, share: usize, drop: u32, count: usize): void {
  for (let end = out + (count << 2); out < end; out += 4, share += 8) {
    store<u32>(out, <u32>((load<u64>(share) << (<u64>drop)) >> 32));
  }
}

export function addWords(out: usize, a: usize, b: usize, count: usize): void {
  for (let end = out + (count << 2); out < end; out += 4, a += 4, b += 4) {
    store<u32>(out, load<u32>(a) + load<u32>(b));
  }
}

export function subtractWords(out: usize, a: usize, b: usize, count: usize): void {
  for (let end = out + (count << 2); out < end; out += 4, a += 4, b += 4) {
    store<u32>(out, load<u32>(a) - load<u32>(b));
  }
}
