// Transposition, row subsets and column sums.

/** Square tiles, so that both the reads and the writes of a tile stay in L1. */
const TILE: usize = 16;

/** out (cols x rows) = aT */
export function transpose(out: usize, a: usize, rows: usize, cols: usize): void {
  for (let i0: usize = 0; i0 < rows; i0 += TILE) {
    const i1 = min(i0 + TILE, rows);
    for (let j0: usize = 0; j0 < cols; j0 += TILE) {
      const j1 = min(j0 + TILE, cols);
      for (let i = i0; i < i1; i++) {
        let from = a + ((i * cols + j0) << 3);
        let to = out + ((j0 * rows + i) << 3);
        for (let j = j0; j < j1; j++, from += 8, to += rows << 3) {
          store<u64>(to, load<u64>(from));
        }
      }
    }
  }
}

/** out (count x cols) = a[rows] */
export function gather(out: usize, a: usize, rows: usize, count: usize, cols: usize): void {
  const rowBytes = cols << 3;
  for (let i: usize = 0; i < count; i++, out += rowBytes) {
    memory.copy(out, a + <usize>load<u32>(rows + (i << 2)) * rowBytes, rowBytes);
  }
}

/** The largest of `count` (at least 1) row indices. */
export function largestIndex(rows: usize, count: usize): u32 {
  let largest: u32 = 0;
  for (let end = rows + (count << 2); rows < end; rows += 4) {
    largest = max(largest, load<u32>(rows));
  }
  return largest;
}

/** out (1 x cols) += sums of the columns of a */
export function sumRows(out: usize, a: usize, rows: usize, cols: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    let o = out;
    for (const end = out + (cols << 3); o < end; o += 8, a += 8) {
      store<u64>(o, load<u64>(o) + load<u64>(a));
    }
  }
}
