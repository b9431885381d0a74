/** One digest a row, side by side. */
export interface Digests {
  readonly bytes: Uint8Array;
  /** Bytes of one digest. */
  readonly width: number;
  /** How many of them, from the first on, decide the order. */
  readonly sorted: number;
}

/** Values of one pass of the counting sort. */
const RADIX = 2 ** 16;

/**
 * The positions of the digests in ascending order (big endian), or by group first where groups
 * are given. Time grows with the number of rows alone: counting sorts by the first four bytes,
 * which tie for a few rows of a million; those are compared to the end.
 */
export function sortPositions(digests: Digests, groups?: Uint8Array): Uint32Array {
  const { bytes, width } = digests;
  const count = bytes.length / width;
  const firsts = new Uint32Array(count);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at < count; at++) firsts[at] = view.getUint32(at * width);
  const groupOf = (at: number): number => groups?.[at] ?? 0;

  let positions = Uint32Array.from(firsts.keys());
  positions = countingSort(positions, RADIX, (at) => (firsts[at] ?? 0) % RADIX);
  positions = countingSort(positions, RADIX, (at) => Math.floor((firsts[at] ?? 0) / RADIX));
  if (groups !== undefined) positions = countingSort(positions, 256, groupOf);

  const after = (a: number, b: number): boolean =>
    firsts[a] === firsts[b] && groupOf(a) === groupOf(b) && compare(digests, a, b) > 0;
  for (let end = 1; end < count; end++) {
    for (let at = end; at > 0 && after(positions[at - 1] ?? 0, positions[at] ?? 0); at--) {
      const moved = positions[at] ?? 0;
      positions[at] = positions[at - 1] ?? 0;
      positions[at - 1] = moved;
    }
  }
  return positions;
}

/** Stable, by a key below `keys`. */
function countingSort(
  positions: Uint32Array,
  keys: number,
  keyOf: (position: number) => number,
): Uint32Array<ArrayBuffer> {
  const starts = new Uint32Array(keys + 1);
  for (const position of positions) {
    const next = keyOf(position) + 1;
    starts[next] = (starts[next] ?? 0) + 1;
  }
  for (let key = 0; key < keys; key++)
    starts[key + 1] = (starts[key + 1] ?? 0) + (starts[key] ?? 0);
  const sorted = new Uint32Array(positions.length);
  for (const position of positions) {
    const key = keyOf(position);
    const at = starts[key] ?? 0;
    sorted[at] = position;
    starts[key] = at + 1;
  }
  return sorted;
}

function compare({ bytes, width, sorted }: Digests, a: number, b: number): number {
  for (let byte = 0; byte < sorted; byte++) {
    const difference = (bytes[a * width + byte] ?? 0) - (bytes[b * width + byte] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
