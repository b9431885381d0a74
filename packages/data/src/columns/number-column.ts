import { at } from "@moongate/errors";
import { hasLeadingZero, isBeyondDoubles, plainNumber } from "../cells/plain-number.ts";
import { type Decimal, writtenNumber } from "../cells/written-number.ts";
import type { Coded } from "./dictionary.ts";
import type { CellSettings } from "./settings.ts";

/** A column of text read as numbers. Counts are of rows. */
export interface NumberReading {
  /** Each level's value; NaN for one that is no number; infinite ones as they are. */
  readonly values: Float64Array;
  /** Rows that are numbers. */
  readonly fitting: number;
  /** The decimal sign; "ambiguous" where the column allows both and they differ. */
  readonly decimal: Decimal | "ambiguous";
  /** True if some numbers are written in another way than plain. */
  readonly written: boolean;
  readonly percents: number;
  readonly currencies: readonly string[];
  /** Rows of digits alone. */
  readonly digits: number;
  readonly leadingZeros: number;
  /** Different lengths among the values of digits alone. */
  readonly lengths: number;
  /** Rows with whole numbers that a double cannot hold exactly. */
  readonly beyond: number;
}

const DIGITS = /^\d+$/;

/**
 * Reads levels as numbers under the decimal sign that the column itself shows: the one that more
 * of its values can be read with. "12.5" can only be read with a point, "12,5" only with a comma,
 * "1,234" with both, and "1.234" is read with a point unless other values need the comma. A column
 * whose every value is like "1,234" is ambiguous.
 */
export function looksAtNumbers({ levels, counts }: Coded, settings: CellSettings): NumberReading {
  const point = new Float64Array(levels.length).fill(NaN);
  const comma = new Float64Array(levels.length).fill(NaN);
  const lengths = new Set<number>();
  const currencies = new Set<string>();
  const rows = { point: 0, comma: 0, open: 0, percents: 0, digits: 0, zeros: 0, beyond: 0 };
  const seen = { written: false };
  levels.forEach((level, code) => {
    const count = at(counts, code);
    const plain = plainNumber(level);
    if (plain !== undefined && !Number.isFinite(plain)) {
      point[code] = comma[code] = plain;
      rows.point += count;
      rows.comma += count;
      return;
    }
    const number = writtenNumber(level);
    const value = plain ?? number?.point;
    if (value === undefined && number?.comma === undefined) return;
    if (value !== undefined) {
      point[code] = value;
      rows.point += count;
    }
    if (number?.comma !== undefined) {
      comma[code] = number.comma;
      rows.comma += count;
    }
    if (level.includes(",") && value !== undefined && number?.comma !== undefined) {
      if (value !== number.comma) rows.open += count;
    }
    if (plain === undefined) seen.written = true;
    if (number?.percent === true) rows.percents += count;
    if (number?.currency !== undefined) currencies.add(number.currency.toUpperCase());
    if (DIGITS.test(level)) {
      rows.digits += count;
      lengths.add(level.length);
    }
    if (hasLeadingZero(level)) rows.zeros += count;
    if (isBeyondDoubles(level)) rows.beyond += count;
  });
  const decimal = shownBy(rows, settings.decimal);
  return {
    values: decimal === "comma" ? comma : point,
    fitting: decimal === "comma" ? rows.comma : rows.point,
    decimal,
    written: seen.written || decimal === "comma",
    percents: rows.percents,
    currencies: [...currencies],
    digits: rows.digits,
    leadingZeros: rows.zeros,
    lengths: lengths.size,
    beyond: rows.beyond,
  };
}

/** The reading that fits more rows; the declared one where both fit as many. */
function shownBy(
  rows: { readonly point: number; readonly comma: number; readonly open: number },
  declared: Decimal | undefined,
): Decimal | "ambiguous" {
  if (rows.comma !== rows.point) return rows.comma > rows.point ? "comma" : "point";
  return declared ?? (rows.open > 0 ? "ambiguous" : "point");
}
