/** Row numbers of a table, `most` of them at regular distances where there are more. */
export function evenRows(rows: number, most: number): Uint32Array {
  const taken = Math.min(rows, most);
  return Uint32Array.from({ length: taken }, (_, index) => Math.floor((index * rows) / taken));
}
