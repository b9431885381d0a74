import { at, MoongateError } from "@moongate/errors";

/** @throws SHAPE_MISMATCH unless `values` is a row-major matrix of that shape. */
export function requireMatrix(
  what: string,
  values: { readonly length: number },
  rows: number,
  cols: number,
): void {
  if (values.length === rows * cols) return;
  const found = `${values.length} numbers, not ${rows} × ${cols}`;
  throw new MoongateError("SHAPE_MISMATCH", `a defence was given ${what} of ${found}`);
}

/** Squared Euclidean norm of each row of a row-major matrix. */
export function squaredNorms(values: Float32Array, cols: number): Float64Array {
  const norms = new Float64Array(values.length / cols);
  for (let i = 0; i < values.length; i++) {
    const row = Math.floor(i / cols);
    norms[row] = at(norms, row) + at(values, i) ** 2;
  }
  return norms;
}

/** The largest of the numbers, and 0 of none. */
export function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}
