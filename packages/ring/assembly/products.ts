// Matrix products modulo 2^64. Processors offer one 64-bit multiplication a cycle (SIMD is slower: it
// has none), so all that matters is to keep that one unit busy: four sums in registers, and operands
// packed so that the innermost loop walks straight through them.
//
// `rows` is the address of row indices of `a`, or 0 for all rows in order.
// `scratch` is the address of PACKED + COLUMNS + BLOCK / 2 words.

/** Words of the packed operand whose rows have up to four neighbours side by side. */
const PACKED: usize = 8192;
/** Words of the packed columns of b in the transposed product. */
const COLUMNS: usize = 4096;
/** Rows that the transposed product packs at a time. */
const BLOCK: usize = 64;

@inline
function rowOf(a: usize, rows: usize, index: usize, stride: usize): usize {
  return a + (rows ? <usize>load<u32>(rows + (index << 2)) : index) * stride;
}

/**
 * `width` (1 to 4, a constant) words at out, `apart` bytes apart, += x . y, where x is a vector of
 * words up to `end` and y a packed matrix with `width` columns.
 */
@inline
function tile(width: i32, out: usize, apart: usize, x: usize, end: usize, y: usize): void {
  const out1 = out + apart, out2 = out1 + apart, out3 = out2 + apart;
  let s0 = load<u64>(out);
  let s1: u64 = width > 1 ? load<u64>(out1) : 0;
  let s2: u64 = width > 2 ? load<u64>(out2) : 0;
  let s3: u64 = width > 3 ? load<u64>(out3) : 0;
  for (; x < end; x += 8, y += width << 3) {
    const v = load<u64>(x);
    s0 += v * load<u64>(y);
    if (width > 1) s1 += v * load<u64>(y, 8);
    if (width > 2) s2 += v * load<u64>(y, 16);
    if (width > 3) s3 += v * load<u64>(y, 24);
  }
  store<u64>(out, s0);
  if (width > 1) store<u64>(out1, s1);
  if (width > 2) store<u64>(out2, s2);
  if (width > 3) store<u64>(out3, s3);
}

/** The last one to three columns. */
@inline
function lastTile(width: usize, out: usize, apart: usize, x: usize, end: usize, y: usize): void {
  if (width == 3) tile(3, out, apart, x, end, y);
  else if (width == 2) tile(2, out, apart, x, end, y);
  else if (width == 1) tile(1, out, apart, x, end, y);
}

/** Copies `width` words from each of `count` rows, `stride` bytes apart. */
@inline
function packColumns(to: usize, from: usize, count: usize, stride: usize, width: usize): void {
  for (let r: usize = 0; r < count; r++, from += stride) {
    for (let c: usize = 0; c < width; c++, to += 8) store<u64>(to, load<u64>(from + (c << 3)));
  }
}

/** out (n x k) += a[rows] (n x d) . b (d x k) */
export function multiply(
  out: usize, a: usize, b: usize, rows: usize, n: usize, d: usize, k: usize, scratch: usize,
): void {
  if (k == 1) {
    for (let i: usize = 0; i < n; i++, out += 8) dot(out, rowOf(a, rows, i, d << 3), b, d);
    return;
  }
  // Stretches of b's rows and columns that fit in the scratch memory, packed four columns at a time.
  const depth = min(d, PACKED >> 2);
  for (let j: usize = 0; j < d; j += depth) {
    const height = min(depth, d - j);
    const span = (PACKED / height) & ~3;
    for (let c: usize = 0; c < k; c += span) {
      const width = min(span, k - c);
      const from = b + ((j * k + c) << 3);
      for (let q: usize = 0; q < width; q += 4) {
        const at = scratch + ((q * height) << 3);
        packColumns(at, from + (q << 3), height, k << 3, min(4, width - q));
      }
      let o = out + (c << 3);
      for (let i: usize = 0; i < n; i++, o += k << 3) {
        const x = rowOf(a, rows, i, d << 3) + (j << 3);
        multiplyRow(o, x, x + (height << 3), scratch, width);
      }
    }
  }
}

/** `width` words at out += x . y, y packed four columns at a time */
@inline
function multiplyRow(out: usize, x: usize, end: usize, y: usize, width: usize): void {
  const panel = (end - x) << 2;
  const quads = out + ((width & ~3) << 3);
  for (; out < quads; out += 32, y += panel) tile(4, out, 8, x, end, y);
  lastTile(width & 3, out, 8, x, end, y);
}

/** The word at out += x . y */
@inline
function dot(out: usize, x: usize, y: usize, d: usize): void {
  let s = load<u64>(out), t: u64 = 0;
  for (const end = y + ((d & ~1) << 3); y < end; x += 16, y += 16) {
    s += load<u64>(x) * load<u64>(y);
    t += load<u64>(x, 8) * load<u64>(y, 8);
  }
  if (d & 1) s += load<u64>(x) * load<u64>(y);
  store<u64>(out, s + t);
}

/** out (d x k) += a[rows]T . b (n x k) */
export function multiplyTransposed(
  out: usize, a: usize, b: usize, rows: usize, n: usize, d: usize, k: usize, scratch: usize,
): void {
  const rowBytes = d << 3;
  const step = k << 3;
  const columns = scratch + (PACKED << 3);
  const pointers = columns + (COLUMNS << 3);
  for (let first: usize = 0; first < n; first += BLOCK) {
    const count = min(BLOCK, n - first);
    for (let r: usize = 0; r < count; r++) {
      store<u32>(pointers + (r << 2), <u32>rowOf(a, rows, first + r, rowBytes));
    }
    const b0 = b + first * step;
    if (k == 1) {
      addRows(out, pointers, b0, count, rowBytes);
      continue;
    }
    for (let c: usize = 0; c < k; c += COLUMNS / BLOCK) {
      const width = min(COLUMNS / BLOCK, k - c);
      for (let w: usize = 0; w < width; w++) {
        packColumns(columns + ((w * count) << 3), b0 + ((c + w) << 3), count, step, 1);
      }
      for (let j: usize = 0; j < d; j += 4) {
        const high = min(4, d - j);
        packRows(scratch, pointers, j << 3, count, high);
        const o = out + ((j * k + c) << 3);
        if (high == 4) outerQuad(o, step, columns, count << 3, scratch, width);
        else outerRest(high, o, step, columns, count << 3, scratch, width);
      }
    }
  }
}

/** Copies `width` words, `offset` bytes into each of the rows. */
@inline
function packRows(to: usize, pointers: usize, offset: usize, count: usize, width: usize): void {
  for (const end = pointers + (count << 2); pointers < end; pointers += 4) {
    const from = <usize>load<u32>(pointers) + offset;
    if (width == 4) {
      v128.store(to, v128.load(from));
      v128.store(to, v128.load(from, 16), 16);
      to += 32;
    } else {
      for (let c: usize = 0; c < width; c++, to += 8) store<u64>(to, load<u64>(from + (c << 3)));
    }
  }
}

/** Four rows of out += yT . x, x `width` packed columns of `bytes` bytes */
@inline
function outerQuad(out: usize, step: usize, x: usize, bytes: usize, y: usize, width: usize): void {
  for (const end = out + (width << 3); out < end; out += 8, x += bytes) {
    tile(4, out, step, x, x + bytes, y);
  }
}

/** The same for the last one to three rows of out. */
@inline
function outerRest(
  high: usize, out: usize, step: usize, x: usize, bytes: usize, y: usize, width: usize,
): void {
  for (const end = out + (width << 3); out < end; out += 8, x += bytes) {
    lastTile(high, out, step, x, x + bytes, y);
  }
}

/** One column: out += the sum of rows times words of b, four rows at a time, then singly. */
@inline
function addRows(out: usize, pointers: usize, b: usize, count: usize, rowBytes: usize): void {
  const end = pointers + (count << 2);
  for (const quads = pointers + ((count & ~3) << 2); pointers < quads; pointers += 16, b += 32) {
    let p0 = <usize>load<u32>(pointers), p1 = <usize>load<u32>(pointers, 4);
    let p2 = <usize>load<u32>(pointers, 8), p3 = <usize>load<u32>(pointers, 12);
    const y0 = load<u64>(b), y1 = load<u64>(b, 8), y2 = load<u64>(b, 16), y3 = load<u64>(b, 24);
    let o = out;
    for (const last = out + rowBytes; o < last; p0 += 8, p1 += 8, p2 += 8, p3 += 8, o += 8) {
      const pair = load<u64>(p0) * y0 + load<u64>(p1) * y1;
      store<u64>(o, load<u64>(o) + pair + (load<u64>(p2) * y2 + load<u64>(p3) * y3));
    }
  }
  for (; pointers < end; pointers += 4, b += 8) {
    let p = <usize>load<u32>(pointers);
    const y = load<u64>(b);
    let o = out;
    for (const last = out + rowBytes; o < last; p += 8, o += 8) {
      store<u64>(o, load<u64>(o) + load<u64>(p) * y);
    }
  }
}
