import { at } from "@moongate/errors";
import { type DateOrder, writtenDate } from "../cells/date.ts";
import type { Coded } from "./dictionary.ts";
import type { CellSettings } from "./settings.ts";

/** A column of text read as dates. */
export interface DateReading {
  /** Days since 1970-01-01 (UTC) of each level; NaN for one that is no date. */
  readonly values: Float64Array;
  /** Rows that are dates. */
  readonly fitting: number;
  /** True if times of day stand beside the dates. */
  readonly timed: boolean;
  /** The one of day and month that comes first; "ambiguous" where both can be and differ. */
  readonly order: DateOrder | "ambiguous";
}

/** Reads levels as dates under the order of day and month that more of them can be read with. */
export function looksAtDates({ levels, counts }: Coded, settings: CellSettings): DateReading {
  const dayFirst = new Float64Array(levels.length).fill(NaN);
  const monthFirst = new Float64Array(levels.length).fill(NaN);
  let [asDay, asMonth, open] = [0, 0, 0];
  let timed = false;
  levels.forEach((level, code) => {
    const date = writtenDate(level);
    if (date === undefined) return;
    const count = at(counts, code);
    timed ||= date.timed;
    dayFirst[code] = date.dayFirst ?? NaN;
    monthFirst[code] = date.monthFirst ?? NaN;
    if (date.dayFirst !== undefined) asDay += count;
    if (date.monthFirst !== undefined) asMonth += count;
    if (date.dayFirst !== undefined && date.monthFirst !== undefined) {
      if (date.dayFirst !== date.monthFirst) open += count;
    }
  });
  const shown = asDay > asMonth ? "day-first" : asMonth > asDay ? "month-first" : undefined;
  const order = settings.dates ?? shown ?? (open > 0 ? "ambiguous" : "day-first");
  return {
    values: order === "month-first" ? monthFirst : dayFirst,
    fitting: order === "month-first" ? asMonth : asDay,
    timed,
    order,
  };
}
