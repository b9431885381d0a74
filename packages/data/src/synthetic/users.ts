import { at } from "@moongate/errors";
import { Random } from "./random.ts";

/** The id column of both synthetic tables. */
export const SYNTHETIC_ID = "user_id";

/** What people watch, and what they shop for: one list, so that tastes can carry over. */
export const CATEGORIES = [
  "beauty",
  "fashion",
  "food",
  "gaming",
  "technology",
  "sports",
  "travel",
  "parenting",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** The hidden traits of all users, one entry a user: nobody's table holds them. All are N(0, 1). */
export interface SyntheticUsers {
  readonly count: number;
  readonly ids: readonly string[];
  /** How much each user cares about a category now. Media sees it through counts. */
  readonly interests: readonly Float64Array[];
  /** How much each user likes to buy of a category. Commerce sees it; it correlates with interest by 0.4. */
  readonly tastes: readonly Float64Array[];
  /** Means to spend. Commerce sees it well, media through the device. */
  readonly affluence: Float64Array;
  /** Taste for discounts. Media sees it in mini-programs, commerce in coupons used. */
  readonly dealProneness: Float64Array;
  /** Taste for live streams. Both see it, each with its own noise. */
  readonly liveAffinity: Float64Array;
  /** How much a user uses each platform at all: a nuisance to both. */
  readonly mediaActivity: Float64Array;
  readonly shopActivity: Float64Array;
}

const INTEREST_TASTE_CORRELATION = 0.4;

/** Draws the hidden traits of `count` users. */
export function drawUsers(seed: string, count: number): SyntheticUsers {
  const normals = (stream: string): Float64Array => {
    const random = new Random(seed, stream);
    return Float64Array.from({ length: count }, () => random.normal());
  };
  const interests = CATEGORIES.map((category) => normals(`interest ${category}`));
  const rho = INTEREST_TASTE_CORRELATION;
  const tastes = CATEGORIES.map((category, k) => {
    const own = normals(`taste ${category}`);
    const interest = at(interests, k);
    return own.map((value, user) => rho * at(interest, user) + Math.sqrt(1 - rho * rho) * value);
  });
  return {
    count,
    ids: drawIds(seed, count),
    interests,
    tastes,
    affluence: normals("affluence"),
    dealProneness: normals("deal proneness"),
    liveAffinity: normals("live affinity"),
    mediaActivity: normals("media activity"),
    shopActivity: normals("shop activity"),
  };
}

/** Ids that look like hashes and never repeat: the last half is a bijection of the user's number. */
function drawIds(seed: string, count: number): string[] {
  const random = new Random(seed, "ids");
  const key = random.bits();
  return Array.from({ length: count }, (_, user) => {
    return `u-${hex(random.bits())}${hex(scramble((user ^ key) >>> 0))}`;
  });
}

/** The finalizer of MurmurHash3: a bijection of 32-bit numbers. */
function scramble(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
