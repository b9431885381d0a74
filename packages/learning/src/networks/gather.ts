/** A row-major table of numbers. */
export interface FeatureTable {
  readonly values: Float64Array | Float32Array | Uint8Array;
  readonly rows: number;
  readonly cols: number;
}

/** Rows at a time in both layouts: what they read and write stays in the first-level cache. */
const BLOCK = 16;

/** The chosen rows in single precision, row-major |rows| × cols. */
export function gatherRows({ values, cols }: FeatureTable, rows: Uint32Array): Float32Array {
  const out = new Float32Array(rows.length * cols);
  let to = 0;
  for (let i = 0; i < rows.length; i++) {
    const from = (rows[i] ?? 0) * cols;
    for (let col = 0; col < cols; col++) out[to++] = values[from + col] ?? 0;
  }
  return out;
}

/** The same values with rows and columns exchanged. */
export function transposed(values: Float32Array, rows: number, cols: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(from + BLOCK, rows);
    for (let col = 0; col < cols; col++) {
      for (let row = from; row < to; row++) out[col * rows + row] = values[row * cols + col] ?? 0;
    }
  }
  return out;
}
