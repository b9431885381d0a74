import { plainNumber } from "./plain-number.ts";

/** What stands between whole and fraction. */
export type Decimal = "point" | "comma";

/** A number as people write it, under either reading of point and comma. */
export interface WrittenNumber {
  /** Its value if a point is the decimal sign; undefined if it cannot be read so. */
  readonly point: number | undefined;
  /** Its value if a comma is. */
  readonly comma: number | undefined;
  readonly percent: boolean;
  /** The sign or code of a currency, if there is one. */
  readonly currency: string | undefined;
}

/** Groups of three digits, or as in India of two and a last of three; never after a zero. */
const POINT =
  /^(?:\d+|[1-9]\d{0,2}(?:([,' _])\d{3})(?:\1\d{3})*|[1-9]\d?(?:,\d{2})+,\d{3})?(?:\.\d*)?(?:e[+-]?\d+)?$/i;
const COMMA = /^(?:\d+|[1-9]\d{0,2}(?:([.' _])\d{3})(?:\1\d{3})*)?(?:,\d*)?(?:e[+-]?\d+)?$/i;

const CODES =
  "USD|EUR|GBP|CNY|RMB|JPY|CHF|INR|KRW|HKD|TWD|SGD|AUD|CAD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|RUB|TRY|ZAR|THB|IDR|MYR|PHP|VND|AED|ILS|US\\$|HK\\$|NT\\$|R\\$|kr|zł|元|円|원";
const CURRENCY = new RegExp(`^(?:(${CODES}|\\p{Sc})\\s*)?(.*?)(?:\\s*(${CODES}|\\p{Sc}))?$`, "iu");

/**
 * Reads a field as a number with thousands separators, a decimal comma, a percent sign (which
 * divides by 100), a currency, accounting's parentheses or a minus behind; full-width digits and
 * no-break spaces as well. Undefined for anything else.
 *
 * @param field without outer blanks, not empty.
 */
export function writtenNumber(field: string): WrittenNumber | undefined {
  if (field.length > 64) return undefined;
  // compatibility forms: full-width digits, no-break and narrow spaces
  const folded = field.normalize("NFKC").replaceAll(/[−‒–]/g, "-").replaceAll("’", "'");
  const { negative: outer, rest } = signed(folded);
  const found = CURRENCY.exec(rest);
  const [, before, inner = "", after] = found ?? [];
  if (before !== undefined && after !== undefined) return undefined;
  const { negative: within, rest: unsigned } = signed(inner.trim());
  if (outer && within) return undefined;
  const percent = /^[^%]*%$/.test(unsigned);
  const core = percent ? unsigned.slice(0, -1).trimEnd() : unsigned;
  if (!/\d/.test(core)) return undefined;
  const scale = (outer || within ? -1 : 1) / (percent ? 100 : 1);
  const point = POINT.test(core) ? Number(core.replaceAll(/[,' _]/g, "")) : NaN;
  const comma = COMMA.test(core) ? Number(core.replaceAll(/[.' _]/g, "").replace(",", ".")) : NaN;
  if (!Number.isFinite(point) && !Number.isFinite(comma)) return undefined;
  return {
    point: Number.isFinite(point) ? point * scale : undefined,
    comma: Number.isFinite(comma) ? comma * scale : undefined,
    percent,
    currency: before ?? after,
  };
}

/** True if a field is a number that is written in another way than plain. */
export const isWrittenOnly = (field: string): boolean =>
  plainNumber(field) === undefined && writtenNumber(field) !== undefined;

function signed(text: string): { readonly negative: boolean; readonly rest: string } {
  if (text.startsWith("(") && text.endsWith(")")) {
    return { negative: true, rest: text.slice(1, -1).trim() };
  }
  if (text.startsWith("-")) return { negative: true, rest: text.slice(1).trim() };
  if (text.startsWith("+")) return { negative: false, rest: text.slice(1).trim() };
  if (text.endsWith("-")) return { negative: true, rest: text.slice(0, -1).trim() };
  return { negative: false, rest: text };
}
