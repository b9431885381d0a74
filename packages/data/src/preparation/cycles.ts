import { at } from "@moongate/errors";

/** What returns in time: the hour within a day, the weekday within a week, the month in a year. */
export type Cycle = "day" | "week" | "year";

/** The length of each cycle in days. */
const PERIODS: Readonly<Record<Cycle, number>> = { day: 1, week: 7, year: 365.2425 };

/**
 * How many different parts of a cycle a table must show for it to be encoded: two
 * weekdays or hours tell something; a year has to be seen for half of its months, or its phase is
 * the date itself.
 */
const PARTS: Readonly<Record<Cycle, { readonly of: number; readonly least: number }>> = {
  day: { of: 24, least: 2 },
  week: { of: 7, least: 2 },
  year: { of: 12, least: 6 },
};

/** The cycles worth encoding for these rows' dates (days since 1970-01-01). */
export function cyclesOf(days: Float64Array, rows: Uint32Array): Cycle[] {
  const seen: Record<Cycle, Set<number>> = { day: new Set(), week: new Set(), year: new Set() };
  for (const row of rows) {
    const value = at(days, row);
    if (Number.isNaN(value)) continue;
    for (const cycle of CYCLES)
      seen[cycle].add(Math.floor(phaseOf(cycle, value) * PARTS[cycle].of));
  }
  return CYCLES.filter((cycle) => seen[cycle].size >= PARTS[cycle].least);
}

const CYCLES = ["day", "week", "year"] as const;

/** The place of a date in its cycle, from 0 to 1. 1970-01-01 was a Thursday and began a year. */
export function phaseOf(cycle: Cycle, days: number): number {
  // whole days alone make a week's phase: midnight and noon of a day are the same weekday
  const turns = (cycle === "week" ? Math.floor(days) + 3 : days) / PERIODS[cycle];
  return turns - Math.floor(turns);
}
