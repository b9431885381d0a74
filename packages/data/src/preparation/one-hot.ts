import { at } from "@moongate/errors";
import { type CategoryColumn, MISSING } from "../table/table.ts";

/** Levels rarer than this share of the rows are merged into one. */
export const RARE_SHARE = 0.005;

/** Number of levels that keep a column of their own, at most. */
export const MOST_LEVELS = 30;

/** The levels with a column of their own, and whether all others share one more. */
export interface OneHotMap {
  readonly levels: readonly string[];
  readonly other: boolean;
}

/** Fits on all rows: the most frequent levels first, equally frequent ones by name. */
export function fitOneHot(column: CategoryColumn): OneHotMap {
  const counts = levelCounts(column);
  const seen = column.levels
    .map((level, code) => ({ level, count: at(counts, code) }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1));
  const frequent = seen
    .slice(0, MOST_LEVELS)
    .filter(({ count }) => count >= RARE_SHARE * column.codes.length);
  return {
    levels: frequent.map(({ level }) => level),
    other: frequent.length < seen.length,
  };
}

/** The rows that have each level. */
export function levelCounts({ codes, levels }: CategoryColumn): Float64Array {
  const counts = new Float64Array(levels.length);
  for (const code of codes) if (code !== MISSING) counts[code] = at(counts, code) + 1;
  return counts;
}

/**
 * The place, for each code of `column`, of its one among the encoded columns, or -1 where there is
 * none (a level unseen in training, while no training level was merged).
 */
export function placesOf(map: OneHotMap, column: CategoryColumn): Int32Array {
  const places = new Map(map.levels.map((level, place) => [level, place]));
  const otherwise = map.other ? map.levels.length : -1;
  return Int32Array.from(column.levels, (level) => places.get(level) ?? otherwise);
}
