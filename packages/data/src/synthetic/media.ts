import { at } from "@moongate/errors";
import type { Column } from "../table/table.ts";
import { columnMakers, logistic } from "./column-makers.ts";
import { CATEGORIES, type SyntheticUsers } from "./users.ts";

export const SURFACES = ["channels", "moments", "mini_programs"] as const;
export const DEVICES = ["flagship", "mid_range", "entry", "tablet"] as const;
export const REGIONS = ["north", "south", "east", "west", "centre", "abroad"] as const;

/** Mean impressions of a category on a surface for a middling user. */
const IMPRESSIONS = { channels: 10, moments: 6, mini_programs: 4 } as const;
/** How strongly a surface's feed follows interest. */
const FOLLOWS_INTEREST = { channels: 0.7, moments: 0.4, mini_programs: 0.5 } as const;

/** What the media platform records of every user, without the id. */
export function mediaColumns(seed: string, users: SyntheticUsers): Column[] {
  const make = columnMakers(seed, "media", users.count);
  const activity = (user: number): number => Math.exp(0.5 * at(users.mediaActivity, user));
  const interest = (k: number, user: number): number => at(at(users.interests, k), user);
  const deal = (user: number): number => at(users.dealProneness, user);
  const live = (user: number): number => at(users.liveAffinity, user);

  const impressions = SURFACES.flatMap((surface) =>
    CATEGORIES.map((category, k) =>
      make.counts(`${surface}_${category}_impressions`, (user) => {
        const pull = Math.exp(FOLLOWS_INTEREST[surface] * interest(k, user));
        return IMPRESSIONS[surface] * activity(user) * pull;
      }),
    ),
  );
  const watch = CATEGORIES.map((category, k) =>
    make.amounts(`${category}_watch_minutes`, 1, 0.4, (user) => {
      return 12 * activity(user) * Math.exp(0.9 * interest(k, user));
    }),
  );
  const strongest = (user: number): number =>
    Math.max(...CATEGORIES.map((_, k) => interest(k, user)));
  const reactions = SURFACES.flatMap((surface) => {
    // discounts are shared in mini-programs, so likes there tell a deal-prone user
    const taste = (user: number): number =>
      surface === "mini_programs" ? Math.exp(0.8 * deal(user)) : Math.exp(0.3 * strongest(user));
    return [
      make.counts(`${surface}_completions`, (user) => 8 * activity(user) * taste(user)),
      make.counts(`${surface}_likes`, (user) => 4 * activity(user) * taste(user)),
      make.counts(`${surface}_ad_clicks`, (user) => {
        return 1.5 * activity(user) * Math.exp(0.3 * deal(user) + 0.3 * strongest(user));
      }),
    ];
  });
  return [
    make.choices("device", DEVICES, (user) => {
      const means = at(users.affluence, user);
      return [Math.exp(0.9 * means), 2, Math.exp(-0.9 * means), 0.3];
    }),
    make.choices("region", REGIONS, () => [5, 6, 8, 4, 3, 0.5]),
    ...impressions,
    ...watch,
    ...reactions,
    make.amounts("channels_live_minutes", 1, 0.6, (user) => 6 * Math.exp(0.9 * live(user))),
    make.counts("channels_live_gifts", (user) => 1.5 * Math.exp(0.6 * live(user))),
    make.coins("ad_click", (user) => {
      const looks = interest(0, user) + interest(1, user);
      return logistic(-1.6 + 0.5 * at(users.mediaActivity, user) + 0.5 * looks + 0.5 * deal(user));
    }),
  ];
}
