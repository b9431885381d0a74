import { at } from "@moongate/errors";
import type { Column, NumberColumn } from "../table/table.ts";
import { columnMakers, logistic } from "./column-makers.ts";
import { CATEGORIES, type SyntheticUsers } from "./users.ts";

export const MEMBERSHIPS = ["none", "silver", "gold"] as const;

/** How many coupons the shop sends a user on average. */
export const MEAN_COUPONS = 2.5;

/** What the shop records of every user, without the id and the conversions. */
export interface ShopRecords {
  readonly columns: readonly Column[];
  /** Coupons a user was sent: by chance alone, and part of what makes conversions. */
  readonly coupons: Float64Array;
}

/** Draws the shop's records. */
export function shopRecords(seed: string, users: SyntheticUsers): ShopRecords {
  const make = columnMakers(seed, "commerce", users.count);
  const activity = (user: number): number => Math.exp(0.5 * at(users.shopActivity, user));
  const taste = (k: number, user: number): number => at(at(users.tastes, k), user);
  const means = (user: number): number => at(users.affluence, user);
  const deal = (user: number): number => at(users.dealProneness, user);
  const live = (user: number): number => at(users.liveAffinity, user);

  const funnel = CATEGORIES.flatMap((category, k) => [
    make.counts(`${category}_views`, (user) => 8 * activity(user) * Math.exp(0.6 * taste(k, user))),
    make.counts(`${category}_carts`, (user) => 2 * activity(user) * Math.exp(0.6 * taste(k, user))),
    make.counts(`${category}_orders`, (user) => {
      return 0.6 * activity(user) * Math.exp(0.6 * taste(k, user) + 0.3 * means(user));
    }),
  ]);
  const orders = funnel.filter((column) => column.name.endsWith("_orders"));
  const frequency = totals("frequency", orders);
  const often = (user: number): number => at(frequency.values, user);
  const coupons = make.counts("coupons_received", () => MEAN_COUPONS);
  return {
    coupons: coupons.values,
    columns: [
      make.choices("membership", MEMBERSHIPS, (user) => [
        3,
        Math.exp(0.5 * means(user)),
        Math.exp(means(user)) / 3,
      ]),
      ...funnel,
      withoutOrders(
        make.amounts("recency_days", 0, 0.8, (user) => 120 / (1 + often(user))),
        frequency,
      ),
      frequency,
      make.amounts("money", 2, 0.3, (user) => often(user) * 60 * Math.exp(0.8 * means(user))),
      make.amounts("basket_typical", 2, 0.25, (user) => 40 * Math.exp(0.7 * means(user))),
      coupons,
      make.counts("coupons_used", (user) => {
        return 0.4 * at(coupons.values, user) * Math.exp(0.5 * deal(user));
      }),
      make.counts("live_room_visits", (user) => 1.5 * Math.exp(0.6 * live(user))),
      make.amounts("live_room_minutes", 1, 0.6, (user) => 5 * Math.exp(0.9 * live(user))),
      make.truths("subscribed", (user) => logistic(-0.5 + 0.4 * at(users.shopActivity, user))),
      make.coins("repeat_purchase", (user) => {
        return logistic(-1.5 + 0.8 * at(users.shopActivity, user) + 0.5 * means(user));
      }),
    ],
  };
}

function totals(name: string, parts: readonly NumberColumn[]): NumberColumn {
  const values = new Float64Array(parts[0]?.values.length ?? 0);
  for (const part of parts)
    part.values.forEach((value, user) => (values[user] = at(values, user) + value));
  return { name, kind: "number", values };
}

/** Who never ordered has no last order: a missing value. */
function withoutOrders(column: NumberColumn, frequency: NumberColumn): NumberColumn {
  const values = column.values.map((value, user) => (frequency.values[user] === 0 ? NaN : value));
  return { ...column, values };
}
