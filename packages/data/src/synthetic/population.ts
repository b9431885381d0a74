import { MoongateError } from "@moongate/errors";
import type { Column, Table } from "../table/table.ts";
import { shopRecords } from "./commerce.ts";
import {
  type Conversion,
  CONVERSIONS,
  conversionProbabilities,
  drawConversions,
} from "./conversions.ts";
import { mediaColumns } from "./media.ts";
import { Random } from "./random.ts";
import { takeRows } from "../table/take-rows.ts";
import type { TrueProbabilities } from "./truth.ts";
import { drawUsers, SYNTHETIC_ID } from "./users.ts";
import { wideColumns } from "./wide.ts";

/** Each side's own label: what its local model is trained towards, and no feature. */
export const OWN_LABELS = { media: "ad_click", commerce: "repeat_purchase" } as const;

export interface PopulationOptions {
  readonly seed: string;
  /** People alive, whether or not either platform knows them; default 34,000. */
  readonly users?: number;
  /** The share of people whom media knows; default 0.8. */
  readonly mediaShare?: number;
  /** The share of people whom commerce knows, independently; default 0.78. */
  readonly commerceShare?: number;
  /**
   * Topics (at media) and brands (at commerce) of each category: so many columns more, most of
   * their entries 0. Default 0; WIDE_TOPICS makes tables that a local model is for.
   */
  readonly topics?: number;
}

/** Topics of a wide population: 192 sparse columns a side. */
export const WIDE_TOPICS = 24;

export interface Population {
  readonly media: Table;
  readonly commerce: Table;
  readonly truth: TrueProbabilities;
}

/** The options with their defaults. */
export function completeOptions(options: PopulationOptions): Required<PopulationOptions> {
  const complete = { users: 34_000, mediaShare: 0.8, commerceShare: 0.78, topics: 0, ...options };
  const { users, mediaShare, commerceShare, topics } = complete;
  if (!Number.isSafeInteger(users) || users < 1 || users > 2 ** 32) {
    throw new MoongateError("USAGE", `a population of ${users} users cannot be made`);
  }
  if (!Number.isSafeInteger(topics) || topics < 0 || topics > 100) {
    throw new MoongateError("USAGE", `${topics} topics a category cannot be made`);
  }
  for (const share of [mediaShare, commerceShare]) {
    if (!(share > 0 && share <= 1)) {
      throw new MoongateError("USAGE", `a share of ${share} is not within (0, 1]`);
    }
  }
  return complete;
}

/**
 * Makes up a population of which media and commerce each know a part: the same options give the
 * same tables. The README has the columns and the formulas behind the conversions.
 *
 * @throws USAGE (options out of range)
 */
export function generatePopulation(options: PopulationOptions): Population {
  const { seed, users: count, mediaShare, commerceShare, topics } = completeOptions(options);
  const users = drawUsers(seed, count);
  const shop = shopRecords(seed, users);
  const probabilities = conversionProbabilities(users, shop.coupons);
  const conversions = drawConversions(seed, probabilities);

  const wide = wideColumns(seed, users, topics);
  const id: Column = { name: SYNTHETIC_ID, kind: "text", values: users.ids };
  const labels = CONVERSIONS.map((name: Conversion): Column => {
    return { name, kind: "number", values: conversions[name] };
  });
  const side = (name: string, share: number, columns: readonly Column[]): Table => {
    const rows = members(seed, name, count, share);
    return {
      id: SYNTHETIC_ID,
      rows: rows.length,
      columns: columns.map((column) => takeRows(column, rows)),
    };
  };
  return {
    media: side("media", mediaShare, [id, ...mediaColumns(seed, users), ...wide.media]),
    commerce: side("commerce", commerceShare, [id, ...shop.columns, ...wide.commerce, ...labels]),
    truth: { ids: users.ids, probabilities },
  };
}

/** The users whom a side knows, in an order of its own. */
function members(seed: string, side: string, count: number, share: number): Uint32Array {
  const random = new Random(seed, `members of ${side}`);
  const known = Uint8Array.from({ length: count }, () => (random.uniform() < share ? 1 : 0));
  return random.permutation(count).filter((user) => known[user] === 1);
}
