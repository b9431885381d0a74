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

/**
 * The number a trimmed, non-empty field spells in decimal notation: NaN or an infinity for such
 * literals and for numbers too large for a double; undefined for anything else.
 */
export function parseNumber(field: string): number | undefined {
  const value = Number(field);
  if (Number.isFinite(value)) {
    // Number() also reads 0x1f and its kin, which no table means as numbers
    return RADIX_PREFIX.test(field) ? undefined : value;
  }
  if (!Number.isNaN(value)) return value;
  return NOT_FINITE.test(field) ? NaN : undefined;
}
