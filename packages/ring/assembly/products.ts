// Matrix products modulo 2^64. One 64-bit multiplication a cycle is what processors offer, so the
// tiles only have to keep that one unit busy: eight independent sums, loads shared among them.
// `rows` is the address of row indices of `a`, or 0 for all rows in order.
//
// An odd last row (or column) is computed as a pair of the same row: both tiles then start from the
// same words and write the same result.

// @ts-ignore: decorator
@inline
function rowOf(a: usize, rows: usize, index: usize, stride: usize): usize {
  return a + (rows ? <usize>load<u32>(rows + (index << 2)) : index) * stride;
}

/** out (n x k) += a[rows] (n x d) . b (d x k) */
export function multiply(
  out: usize, a: usize, b: usize, rows: usize, n: usize, d: usize, k: usize,
): void {
  const rowBytes = d << 3;
  const step = k << 3;
  const quads = k & ~3;
  for (let i: usize = 0; i < n; i += 2) {
    const second = i + 1 < n ? i + 1 : i;
    const a0 = rowOf(a, rows, i, rowBytes);
    const a1 = rowOf(a, rows, second, rowBytes);
    const out0 = out + i * step;
    const out1 = out + second * step;
    for (let c: usize = 0; c < quads; c += 4) {
      tile2x4(out0 + (c << 3), out1 + (c << 3), a0, a1, b + (c << 3), rowBytes, step);
    }
    for (let c = quads; c < k; c++) {
      tile2x1(out0 + (c << 3), out1 + (c << 3), a0, a1, b + (c << 3), rowBytes, step);
    }
  }
}

// @ts-ignore: decorator
@inline
function tile2x4(
  out0: usize, out1: usize, a0: usize, a1: usize, b: usize, rowBytes: usize, step: usize,
): void {
  let s00 = load<u64>(out0), s01 = load<u64>(out0, 8);
  let s02 = load<u64>(out0, 16), s03 = load<u64>(out0, 24);
  let s10 = load<u64>(out1), s11 = load<u64>(out1, 8);
  let s12 = load<u64>(out1, 16), s13 = load<u64>(out1, 24);
  for (const end = a0 + rowBytes; a0 < end; a0 += 8, a1 += 8, b += step) {
    const x0 = load<u64>(a0), x1 = load<u64>(a1);
    const y0 = load<u64>(b);
    s00 += x0 * y0;
    s10 += x1 * y0;
    const y1 = load<u64>(b, 8);
    s01 += x0 * y1;
    s11 += x1 * y1;
    const y2 = load<u64>(b, 16);
    s02 += x0 * y2;
    s12 += x1 * y2;
    const y3 = load<u64>(b, 24);
    s03 += x0 * y3;
    s13 += x1 * y3;
  }
  store<u64>(out0, s00); store<u64>(out0, s01, 8);
  store<u64>(out0, s02, 16); store<u64>(out0, s03, 24);
  store<u64>(out1, s10); store<u64>(out1, s11, 8);
  store<u64>(out1, s12, 16); store<u64>(out1, s13, 24);
}

// @ts-ignore: decorator
@inline
function tile2x1(
  out0: usize, out1: usize, a0: usize, a1: usize, b: usize, rowBytes: usize, step: usize,
): void {
  let s00 = load<u64>(out0), s01: u64 = 0;
  let s10 = load<u64>(out1), s11: u64 = 0;
  const end = a0 + rowBytes;
  for (const paired = a0 + (rowBytes & ~15); a0 < paired; a0 += 16, a1 += 16, b += step << 1) {
    const y0 = load<u64>(b), y1 = load<u64>(b + step);
    s00 += load<u64>(a0) * y0;
    s10 += load<u64>(a1) * y0;
    s01 += load<u64>(a0, 8) * y1;
    s11 += load<u64>(a1, 8) * y1;
  }
  if (a0 < end) {
    const y = load<u64>(b);
    s00 += load<u64>(a0) * y;
    s10 += load<u64>(a1) * y;
  }
  store<u64>(out0, s00 + s01);
  store<u64>(out1, s10 + s11);
}

/** Rows of `a` that are summed before the sums are written: 64 rows of 64 words fill half of L1. */
const BLOCK: usize = 64;

/** out (d x k) += a[rows]T . b (n x k); `scratch` holds 64 u32. */
export function multiplyTransposed(
  out: usize, a: usize, b: usize, rows: usize, n: usize, d: usize, k: usize, scratch: usize,
): void {
  const rowBytes = d << 3;
  const step = k << 3;
  const quads = k & ~3;
  for (let first: usize = 0; first < n; first += BLOCK) {
    const count = min(BLOCK, n - first);
    for (let r: usize = 0; r < count; r++) {
      store<u32>(scratch + (r << 2), <u32>rowOf(a, rows, first + r, rowBytes));
    }
    const b0 = b + first * step;
    if (quads) {
      for (let j: usize = 0; j < d; j += 2) {
        const second = j + 1 < d ? j + 1 : j;
        for (let c: usize = 0; c < quads; c += 4) {
          outer2x4(
            out + j * step + (c << 3), out + second * step + (c << 3),
            scratch, j << 3, second << 3, b0 + (c << 3), count, step,
          );
        }
      }
    }
    for (let c = quads; c < k; c++) {
      outer1(out + (c << 3), scratch, b0 + (c << 3), count, rowBytes, step);
    }
  }
}

// @ts-ignore: decorator
@inline
function outer2x4(
  out0: usize, out1: usize, pointers: usize, j0: usize, j1: usize, b: usize, count: usize, step: usize,
): void {
  let s00 = load<u64>(out0), s01 = load<u64>(out0, 8);
  let s02 = load<u64>(out0, 16), s03 = load<u64>(out0, 24);
  let s10 = load<u64>(out1), s11 = load<u64>(out1, 8);
  let s12 = load<u64>(out1, 16), s13 = load<u64>(out1, 24);
  for (const end = pointers + (count << 2); pointers < end; pointers += 4, b += step) {
    const row = <usize>load<u32>(pointers);
    const x0 = load<u64>(row + j0), x1 = load<u64>(row + j1);
    const y0 = load<u64>(b);
    s00 += x0 * y0;
    s10 += x1 * y0;
    const y1 = load<u64>(b, 8);
    s01 += x0 * y1;
    s11 += x1 * y1;
    const y2 = load<u64>(b, 16);
    s02 += x0 * y2;
    s12 += x1 * y2;
    const y3 = load<u64>(b, 24);
    s03 += x0 * y3;
    s13 += x1 * y3;
  }
  store<u64>(out0, s00); store<u64>(out0, s01, 8);
  store<u64>(out0, s02, 16); store<u64>(out0, s03, 24);
  store<u64>(out1, s10); store<u64>(out1, s11, 8);
  store<u64>(out1, s12, 16); store<u64>(out1, s13, 24);
}

/** One column of b: four rows at a time; rows past the end are the last row times zero. */
// @ts-ignore: decorator
@inline
function outer1(
  out: usize, pointers: usize, b: usize, count: usize, rowBytes: usize, step: usize,
): void {
  const last = count - 1;
  for (let r: usize = 0; r < count; r += 4) {
    const at = pointers + (r << 2);
    const r1 = min(r + 1, last), r2 = min(r + 2, last), r3 = min(r + 3, last);
    let p0 = <usize>load<u32>(at);
    let p1 = <usize>load<u32>(pointers + (r1 << 2));
    let p2 = <usize>load<u32>(pointers + (r2 << 2));
    let p3 = <usize>load<u32>(pointers + (r3 << 2));
    const y0 = load<u64>(b + r * step);
    const y1 = r + 1 < count ? load<u64>(b + r1 * step) : 0;
    const y2 = r + 2 < count ? load<u64>(b + r2 * step) : 0;
    const y3 = r + 3 < count ? load<u64>(b + r3 * step) : 0;
    let o = out;
    for (const end = p0 + rowBytes; p0 < end; p0 += 8, p1 += 8, p2 += 8, p3 += 8, o += step) {
      store<u64>(
        o,
        load<u64>(o) + load<u64>(p0) * y0 + load<u64>(p1) * y1 +
          (load<u64>(p2) * y2 + load<u64>(p3) * y3),
      );
    }
  }
}
