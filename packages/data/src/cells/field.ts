/** V8 makes shorter strings of their own; longer ones it cuts out of the text they stand in. */
const LONGEST_COPIED = 12;

/** The same text in memory of its own: a field that is kept must not keep its whole file. */
export function ownText(field: string): string {
  return field.length <= LONGEST_COPIED ? field : Buffer.from(field).toString();
}
