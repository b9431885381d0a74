/** What one field of a CSV file says, read as a number or a truth value. */
export const TRUTH: ReadonlyMap<string, 0 | 1> = new Map([
  ["TRUE", 1],
  ["True", 1],
  ["true", 1],
  ["FALSE", 0],
  ["False", 0],
  ["false", 0],
]);

const NOT_FINITE = /^[+-]?(nan|inf|infinity)$/i;
const RADIX_PREFIX = /^0[box]/i;

/** V8 makes shorter strings of their own; longer ones it cuts out of the text they stand in. */
const LONGEST_COPIED = 12;

/** The same text in memory of its own: a field that is kept must not keep its whole file. */
export function ownText(field: string): string {
  return field.length <= LONGEST_COPIED ? field : Buffer.from(field).toString();
}

/**
 * The number a trimmed, non-empty field spells in decimal notation: NaN or an infinity for such
 * literals and for numbers too large for a double; undefined for anything else.
 */
export function parseNumber(field: string): number | undefined {
  const value = Number(field);
  if (Number.isFinite(value)) {
    // Number() also reads 0x1f and its kin, which no table means as numbers
    return field.startsWith("0") && RADIX_PREFIX.test(field) ? undefined : value;
  }
  if (!Number.isNaN(value)) return value;
  return NOT_FINITE.test(field) ? NaN : undefined;
}
