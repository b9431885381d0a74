/** The place of the day among the two numbers before a year. */
export type DateOrder = "day-first" | "month-first";

/** A date under either order of day and month, in days since 1970-01-01 (UTC). */
export interface WrittenDate {
  readonly dayFirst: number | undefined;
  readonly monthFirst: number | undefined;
  /** True if a time of day stands beside it. */
  readonly timed: boolean;
}

const TIME =
  "(?:[T ]\\s*(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:[.,](\\d{1,9}))?)?\\s*(Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?)?";
const YEAR_FIRST = new RegExp(`^(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})${TIME}$`, "i");
const YEAR_LAST = new RegExp(`^(\\d{1,2})([-/.])(\\d{1,2})\\2(\\d{4})${TIME}$`, "i");
const DAY_MS = 86_400_000;

/**
 * Reads a date, with or without a time of day: ISO 8601 (2024-03-01, 2024-03-01T12:30:00Z,
 * slashes as well), or with the year last, where points mean that the day comes first (01.03.2024)
 * and slashes leave it open. A time without a zone is taken for UTC. Undefined for anything else,
 * a day that no month has included.
 *
 * @param field without outer blanks.
 */
export function writtenDate(field: string): WrittenDate | undefined {
  const first = field.charCodeAt(0);
  if (first < 48 || first > 57 || field.length < 8 || field.length > 40) return undefined;
  const iso = YEAR_FIRST.exec(field);
  if (iso !== null) {
    const [, year, , month, day, ...time] = iso;
    const days = daysOf(Number(year), Number(month), Number(day), time);
    return days === undefined
      ? undefined
      : { dayFirst: days, monthFirst: days, timed: timed(time) };
  }
  const last = YEAR_LAST.exec(field);
  if (last === null) return undefined;
  const [, one, separator, two, year, ...time] = last;
  const dayFirst = daysOf(Number(year), Number(two), Number(one), time);
  const monthFirst =
    separator === "." ? undefined : daysOf(Number(year), Number(one), Number(two), time);
  if (dayFirst === undefined && monthFirst === undefined) return undefined;
  return { dayFirst, monthFirst, timed: timed(time) };
}

type Time = readonly (string | undefined)[];

const timed = ([hour]: Time): boolean => hour !== undefined;

function daysOf(year: number, month: number, day: number, time: Time): number | undefined {
  const [hour = "0", minute = "0", second = "0", fraction = "", zone = ""] = time;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const seconds =
    (Number(hour) * 60 + Number(minute)) * 60 + Number(second) + Number(`0.${fraction || "0"}`);
  return date.getTime() / DAY_MS + (seconds - 60 * zoneMinutes(zone)) / 86_400;
}

function zoneMinutes(zone: string): number {
  const found = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (found === null) return 0;
  const minutes = Number(found[2]) * 60 + Number(found[3] ?? "0");
  return found[1] === "-" ? -minutes : minutes;
}
