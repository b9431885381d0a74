import { at } from "@moongate/errors";
import type { Column } from "../table/table.ts";
import { columnMakers } from "./column-makers.ts";
import { CATEGORIES, type SyntheticUsers } from "./users.ts";

/** Mean of a middling topic's counts for a middling user: nine entries in ten are 0. */
const MEAN_COUNT = 0.1;

/**
 * The wide and sparse part of both tables: what a user read of each topic of each category, and
 * ordered of each brand. A single column tells next to nothing; a category's columns together tell
 * interest, or taste and means. Topics differ in how common they are, from half to one and a half
 * of the mean.
 */
export function wideColumns(
  seed: string,
  users: SyntheticUsers,
  topics: number,
): { readonly media: readonly Column[]; readonly commerce: readonly Column[] } {
  const common = (topic: number): number => MEAN_COUNT * (0.5 + topic / topics);
  const media = columnMakers(seed, "media", users.count);
  const commerce = columnMakers(seed, "commerce", users.count);
  const each = (make: (category: string, k: number, topic: number) => Column): Column[] =>
    CATEGORIES.flatMap((category, k) =>
      Array.from({ length: topics }, (_, topic) => make(category, k, topic)),
    );
  return {
    media: each((category, k, topic) =>
      media.counts(`${category}_topic_${topic + 1}_reads`, (user) => {
        const activity = 0.5 * at(users.mediaActivity, user);
        return common(topic) * Math.exp(activity + at(at(users.interests, k), user));
      }),
    ),
    commerce: each((category, k, topic) =>
      commerce.counts(`${category}_brand_${topic + 1}_orders`, (user) => {
        const activity = 0.5 * at(users.shopActivity, user);
        const taste = 0.9 * at(at(users.tastes, k), user) + 0.4 * at(users.affluence, user);
        return common(topic) * Math.exp(activity + taste);
      }),
    ),
  };
}
