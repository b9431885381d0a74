// Integer sine and cosine of k times an angle, at 30 bits. The arithmetic is specified, bit for bit,
// by src/reference/trigonometry.ts; all of it is exact in the lanes used here.
//
// `scratch` is the address of 3 BLOCK i32: angles, sines, cosines.

// One angle at a time, for kernels that need a sine in the midst of other things: s and c from
// `tableAt`, h from `restOf`, g from `halfSquare`; then `sineFrom` and `cosineFrom`.

@inline
export function pointOf(angle: u32): u32 {
  return (angle + 0x80000) >> 20;
}

/** The rest of the angle in radians, h, at 41 bits. */
@inline
export function restOf(angle: u32): i64 {
  const rest = <i32>((angle + 0x80000) & 0xfffff) - 0x80000;
  return <i64>(rest * 3217 - ((rest * 37) >> 12));
}

/** h^2 / 2 at 36 bits. */
@inline
export function halfSquare(h: i64): i64 {
  return ((h >> 16) * (h >> 16)) >> 15;
}

/** The sine at a point of the table; the cosine is the sine 1024 points further. */
@inline
export function tableAt(table: usize, point: u32): i64 {
  return <i64>load<i32>(table + (<usize>(point & 0xfff) << 3));
}

@inline
export function sineFrom(s: i64, c: i64, h: i64, g: i64): i64 {
  return s + ((((c * h) >> 32) - (((s >> 15) * g) >> 12) + 256) >> 9);
}

@inline
export function cosineFrom(s: i64, c: i64, h: i64, g: i64): i64 {
  return c + ((256 - ((s * h) >> 32) - (((c >> 15) * g) >> 12)) >> 9);
}

/** Angles that are worked on at a time, so that what lies between the passes stays in L1. */
const BLOCK: usize = 512;

/** Sines and cosines of k times the angles in scratch. `table`: pairs (sin, cos) at 2^12 points. */
function sinesAndCosines(scratch: usize, table: usize, k: u32, count: usize): void {
  const times = i32x4.splat(k);
  const half = i32x4.splat(0x80000);
  for (const end = scratch + (count << 2); scratch < end; scratch += 16) {
    const turn = i32x4.add(i32x4.mul(v128.load(scratch), times), half);
    // The nearest point of the table, and the rest of the angle in radians, h, at 41 bits.
    const at = v128.and(i32x4.shr_u(turn, 17), i32x4.splat(0x7ff8));
    const rest = i32x4.sub(v128.and(turn, i32x4.splat(0xfffff)), half);
    const h = i32x4.sub(
      i32x4.mul(rest, i32x4.splat(3217)),
      i32x4.shr_s(i32x4.mul(rest, i32x4.splat(37)), 12),
    );
    const pair0 = v128.load64_zero(table + <usize>i32x4.extract_lane(at, 0));
    const pair2 = v128.load64_zero(table + <usize>i32x4.extract_lane(at, 2));
    const pairs0 = v128.load64_lane(table + <usize>i32x4.extract_lane(at, 1), pair0, 1);
    const pairs2 = v128.load64_lane(table + <usize>i32x4.extract_lane(at, 3), pair2, 1);
    const s = v128.shuffle<i32>(pairs0, pairs2, 0, 2, 4, 6);
    const c = v128.shuffle<i32>(pairs0, pairs2, 1, 3, 5, 7);
    // h^2 / 2 at 36 bits.
    const e = i32x4.shr_s(h, 16);
    const g = i32x4.shr_u(i32x4.mul(e, e), 15);
    // sin(point + h) = s + c h - s h^2/2 and cos(point + h) = c - s h - c h^2/2, summed at 39 bits.
    const sineStep = i32x4.sub(high(c, h), bend(s, g));
    const cosineStep = i32x4.add(high(s, h), bend(c, g));
    const round = i32x4.splat(256);
    v128.store(
      scratch + (BLOCK << 2),
      i32x4.add(s, i32x4.shr_s(i32x4.add(round, sineStep), 9)),
    );
    v128.store(
      scratch + (BLOCK << 3),
      i32x4.add(c, i32x4.shr_s(i32x4.sub(round, cosineStep), 9)),
    );
  }
}

/** The upper halves of the products. */
@inline
function high(a: v128, b: v128): v128 {
  return v128.shuffle<i32>(
    i64x2.extmul_low_i32x4_s(a, b), i64x2.extmul_high_i32x4_s(a, b), 1, 3, 5, 7,
  );
}

/** value (30 bits) times g (36 bits) at 39 bits. */
@inline
function bend(value: v128, g: v128): v128 {
  return i32x4.shr_s(i32x4.mul(i32x4.shr_s(value, 15), g), 12);
}

/** Row k-1 of out = sin k angle, row K+k-1 = cos k angle, rounded at 30 - drop bits. */
export function harmonics(
  out: usize, angle: usize, table: usize, scratch: usize, K: u32, drop: u32, count: usize,
): void {
  const rowBytes = count << 3;
  for (let first: usize = 0; first < count; first += BLOCK) {
    const size = min(BLOCK, count - first);
    memory.copy(scratch, angle + (first << 2), size << 2);
    let to = out + (first << 3);
    for (let k: u32 = 1; k <= K; k++, to += rowBytes) {
      sinesAndCosines(scratch, table, k, size);
      widen(to, scratch + (BLOCK << 2), drop, size);
      widen(to + <usize>K * rowBytes, scratch + (BLOCK << 3), drop, size);
    }
  }
}

/** out (words) = values (i32) / 2^drop, rounded, halves up */
@inline
function widen(out: usize, values: usize, drop: u32, count: usize): void {
  const half: i32 = drop ? 1 << (drop - 1) : 0;
  for (const end = out + (count << 3); out < end; out += 8, values += 4) {
    store<i64>(out, <i64>((load<i32>(values) + half) >> drop));
  }
}

/**
 * out = sum over k of p_k Cdealt[k] + q_k Sdealt[k], p_k = round(a_k sin k angle + b_k cos k angle),
 * q_k = round(b_k sin k angle - a_k cos k angle). `coefficients`: a (K words), then b, 28 bits,
 * magnitudes below 2^32. `drop` = 58 - public bits.
 */
export function fourier(
  out: usize, angle: usize, dealt: usize, coefficients: usize, table: usize, scratch: usize,
  K: u32, drop: u32, count: usize,
): void {
  const rowBytes = count << 3;
  const cosines = <usize>K * rowBytes;
  memory.fill(out, 0, rowBytes);
  for (let first: usize = 0; first < count; first += BLOCK) {
    const size = min(BLOCK, count - first);
    memory.copy(scratch, angle + (first << 2), size << 2);
    const to = out + (first << 3);
    let from = dealt + (first << 3);
    for (let k: u32 = 1, co = coefficients; k <= K; k++, co += 8, from += rowBytes) {
      const a = load<i64>(co);
      const b = load<i64>(co + (<usize>K << 3));
      if (a == 0 && b == 0) continue;
      sinesAndCosines(scratch, table, k, size);
      if (b == 0) addOdd(to, from, from + cosines, scratch, a, drop, size);
      else addHarmonic(to, from, from + cosines, scratch, a, b, drop, size);
    }
  }
}

/** One harmonic with a sine coefficient only. */
function addOdd(
  out: usize, sines: usize, cosines: usize, scratch: usize, a: i64, drop: u32, count: usize,
): void {
  const shift = <i64>drop;
  const half = (<i64>1) << (shift - 1);
  let at = scratch + (BLOCK << 2);
  for (const end = out + (count << 3); out < end; out += 8, sines += 8, cosines += 8, at += 4) {
    const p = (a * <i64>load<i32>(at) + half) >> shift;
    const q = (half - a * <i64>load<i32>(at, 2048)) >> shift;
    store<i64>(out, load<i64>(out) + p * load<i64>(cosines) + q * load<i64>(sines));
  }
}

/** One harmonic with both coefficients. */
function addHarmonic(
  out: usize, sines: usize, cosines: usize, scratch: usize, a: i64, b: i64, drop: u32, count: usize,
): void {
  const shift = <i64>drop;
  const half = (<i64>1) << (shift - 1);
  let at = scratch + (BLOCK << 2);
  for (const end = out + (count << 3); out < end; out += 8, sines += 8, cosines += 8, at += 4) {
    const s = <i64>load<i32>(at);
    const c = <i64>load<i32>(at, 2048);
    const p = (a * s + b * c + half) >> shift;
    const q = (b * s - a * c + half) >> shift;
    store<i64>(out, load<i64>(out) + p * load<i64>(cosines) + q * load<i64>(sines));
  }
}
