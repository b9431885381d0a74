const INFINITE = /^[+-]?inf(inity)?$/i;
const RADIX_PREFIX = /^[+-]?0[box]/i;
const LEADING_ZERO = /^0\d+$/;
const WHOLE = /^[+-]?\d+$/;

/**
 * The number that a field without outer blanks spells in plain decimal notation: an infinity for
 * such a literal and for a number too large for a double; undefined for anything else.
 */
export function plainNumber(field: string): number | undefined {
  const value = Number(field);
  if (Number.isNaN(value)) {
    return INFINITE.test(field) ? (field.startsWith("-") ? -Infinity : Infinity) : undefined;
  }
  // Number() also reads 0x1f and its kin, which no table means as numbers
  return field === "" || RADIX_PREFIX.test(field) ? undefined : value;
}

/** True if a field is digits with a zero in front: "007", which is rather a code. */
export const hasLeadingZero = (field: string): boolean => LEADING_ZERO.test(field);

/** True if a field is a whole number in digits that a double cannot hold exactly. */
export const isBeyondDoubles = (field: string): boolean =>
  WHOLE.test(field) && !Number.isSafeInteger(Number(field));
