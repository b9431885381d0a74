/**
 * The element at an index that the caller knows to exist. `at` of @moongate/errors reads arrays of
 * every kind, which makes its own read slow; each of these reads one kind, and compiles to a load.
 */
export function byteAt(values: Uint8Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw outside(index);
  return value;
}

/** Reads as `byteAt` does, in an array of unsigned words. */
export function wordAt(values: Uint32Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw outside(index);
  return value;
}

/** Reads as `byteAt` does, in an array of doubles. */
export function doubleAt(values: Float64Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw outside(index);
  return value;
}

const outside = (index: number): RangeError => new RangeError(`no element ${index}`);
