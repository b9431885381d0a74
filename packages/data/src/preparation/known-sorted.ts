/** The known values of some rows, ascending. */
export function knownSorted(values: Float64Array, rows: Uint32Array): Float64Array {
  const gathered = new Float64Array(rows.length);
  let known = 0;
  for (const row of rows) {
    const value = values[row] ?? NaN;
    if (!Number.isNaN(value)) gathered[known++] = value;
  }
  return gathered.subarray(0, known).sort();
}
