// Integer sine and cosine of k times an angle, at 30 bits. The arithmetic is specified, bit for bit,
// by src/reference/trigonometry.ts; the numbers below are its constants.
//
// Table: sin at 2^12 points of the turn, i32, 30 bits. The rest h of the angle, |h| <= 2 pi / 2^13,
// enters by sin h = h and cos h = 1 - h^2/2, each within 8e-11, that is a twelfth of a unit.

/** round(2 pi 2^28) */
const TAU: i64 = 1686629713;
const HALF: i64 = 1 << 39;

// @ts-ignore: decorator
@inline
function pointOf(angle: u32): u32 {
  return (angle + 0x80000) >> 20;
}

/** The rest of the angle in radians, 40 bits. */
// @ts-ignore: decorator
@inline
function restOf(angle: u32): i64 {
  return (<i64>(<i32>((angle + 0x80000) & 0xfffff) - 0x80000) * TAU) >> 20;
}

// @ts-ignore: decorator
@inline
function tableAt(table: usize, point: u32): i64 {
  return <i64>load<i32>(table + (<usize>(point & 0xfff) << 2));
}

/** Row k-1 of out = sin k angle, row K+k-1 = cos k angle, rounded at 30 - drop bits. */
export function harmonics(
  out: usize, angle: usize, table: usize, K: u32, drop: u32, count: usize,
): void {
  const shift = <i64>drop;
  const half: i64 = drop ? (<i64>1) << (shift - 1) : 0;
  const rowBytes = count << 3;
  const cosines = <usize>K * rowBytes;
  for (let i: usize = 0; i < count; i++, angle += 4, out += 8) {
    const one = load<u32>(angle);
    let at = out;
    for (let k: u32 = 1, turn = one; k <= K; k++, turn += one, at += rowBytes) {
      const s = tableAt(table, pointOf(turn));
      const c = tableAt(table, pointOf(turn) + 1024);
      const h = restOf(turn);
      const g = (h * h) >> 41;
      const sine = s + ((c * h - s * g + HALF) >> 40);
      const cosine = c + ((HALF - s * h - c * g) >> 40);
      store<i64>(at, (sine + half) >> shift);
      store<i64>(at + cosines, (cosine + half) >> shift);
    }
  }
}

/**
 * out = sum over k of p_k Cdealt[k] + q_k Sdealt[k], p_k = round(a_k sin k angle + b_k cos k angle),
 * q_k = round(b_k sin k angle - a_k cos k angle). `coefficients`: a (K words), then b, 28 bits.
 * `drop` = 58 - publicBits. `odd`: all b are zero.
 */
export function fourier(
  out: usize, angle: usize, dealt: usize, coefficients: usize, table: usize,
  K: u32, drop: u32, odd: bool, count: usize,
): void {
  const shift = <i64>drop;
  const half: i64 = (<i64>1) << (shift - 1);
  const rowBytes = count << 3;
  const cosines = <usize>K * rowBytes;
  const end = coefficients + (<usize>K << 3);
  const second = <usize>K << 3;
  for (let i: usize = 0; i < count; i++, angle += 4, out += 8, dealt += 8) {
    const one = load<u32>(angle);
    let turn = one;
    let sum: i64 = 0;
    let at = dealt;
    for (let co = coefficients; co < end; co += 8, turn += one, at += rowBytes) {
      const s = tableAt(table, pointOf(turn));
      const c = tableAt(table, pointOf(turn) + 1024);
      const h = restOf(turn);
      const g = (h * h) >> 41;
      const sine = s + ((c * h - s * g + HALF) >> 40);
      const cosine = c + ((HALF - s * h - c * g) >> 40);
      const a = load<i64>(co);
      let p = a * sine + half;
      let q = half - a * cosine;
      if (!odd) {
        const b = load<i64>(co + second);
        p += b * cosine;
        q += b * sine;
      }
      sum += (p >> shift) * load<i64>(at + cosines) + (q >> shift) * load<i64>(at);
    }
    store<i64>(out, sum);
  }
}
