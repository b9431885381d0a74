import { at } from "@moongate/errors";
import { MEAN_COUPONS } from "./commerce.ts";
import { logistic } from "./column-makers.ts";
import { Random } from "./random.ts";
import { CATEGORIES, type Category, type SyntheticUsers } from "./users.ts";

/** Conversions at the three business centres: the labels of the joint model. */
export const CONVERSIONS = ["store_order", "live_order", "content_visit"] as const;
export type Conversion = (typeof CONVERSIONS)[number];

/** The share of users who convert. */
export const CONVERSION_RATES: Readonly<Record<Conversion, number>> = {
  store_order: 0.08,
  live_order: 0.04,
  content_visit: 0.15,
};

/** One value by user for each conversion. */
export type ByConversion<T> = Readonly<Record<Conversion, T>>;

/**
 * Each user's true probability of each conversion: logistic(intercept + signal), the intercept
 * being such that the mean probability is the conversion's rate.
 */
export function conversionProbabilities(
  users: SyntheticUsers,
  coupons: Float64Array,
): ByConversion<Float64Array> {
  const signals = signalsOf(users, coupons);
  const probabilities = (conversion: Conversion): Float64Array => {
    const signal = Float64Array.from({ length: users.count }, (_, user) =>
      signals[conversion](user),
    );
    const intercept = interceptFor(signal, CONVERSION_RATES[conversion]);
    return signal.map((value) => logistic(intercept + value));
  };
  return {
    store_order: probabilities("store_order"),
    live_order: probabilities("live_order"),
    content_visit: probabilities("content_visit"),
  };
}

type Trait = (user: number) => number;

/** The signals; the README has them as formulas. Products pair a trait that media sees with one of commerce's. */
function signalsOf(users: SyntheticUsers, coupons: Float64Array): ByConversion<Trait> {
  const trait = (values: Float64Array): Trait => {
    return (user) => at(values, user);
  };
  const looks = standardSum(users.interests, ["beauty", "fashion"]);
  const gadgets = standardSum(users.interests, ["gaming", "technology"]);
  const lookTaste = standardSum(users.tastes, ["beauty", "fashion"]);
  const gadgetTaste = standardSum(users.tastes, ["gaming", "technology"]);
  const means = trait(users.affluence);
  const deal = trait(users.dealProneness);
  const live = trait(users.liveAffinity);
  const coupon: Trait = (user) => {
    const standardised = (at(coupons, user) - MEAN_COUPONS) / Math.sqrt(MEAN_COUPONS);
    return Math.min(3, standardised);
  };
  return {
    store_order: (user) =>
      0.6 * looks(user) +
      0.6 * lookTaste(user) +
      0.5 * means(user) +
      1.2 * looks(user) * means(user) +
      1.0 * deal(user) * coupon(user),
    live_order: (user) =>
      0.7 * looks(user) +
      0.4 * lookTaste(user) +
      2.4 * logistic(6 * (live(user) - 0.7)) +
      0.8 * gadgets(user) * means(user),
    content_visit: (user) =>
      0.7 * gadgets(user) +
      0.4 * gadgetTaste(user) +
      1.0 * triangle(live(user)) +
      0.8 * gadgets(user) * means(user),
  };
}

/** The sum of a trait over some categories, scaled back to variance 1. */
function standardSum(traits: readonly Float64Array[], categories: readonly Category[]): Trait {
  const parts = categories.flatMap((category) => traits[CATEGORIES.indexOf(category)] ?? []);
  const scale = 1 / Math.sqrt(parts.length);
  return (user) => scale * parts.reduce((sum, part) => sum + at(part, user), 0);
}

/** A triangle wave of period 4: 0 at 0, 1 at 1, 0 at 2, -1 at 3. */
function triangle(x: number): number {
  const phase = x + 1 - 4 * Math.floor((x + 1) / 4);
  return 1 - Math.abs(phase - 2);
}

/** The intercept that makes the mean probability equal `rate`, by bisection. */
function interceptFor(signal: Float64Array, rate: number): number {
  let [low, high] = [-20, 20];
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    let sum = 0;
    for (const value of signal) sum += logistic(middle + value);
    if (sum / signal.length < rate) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** True if each user converts: coins with the true probabilities. */
export function drawConversions(
  seed: string,
  probabilities: ByConversion<Float64Array>,
): ByConversion<Float64Array> {
  const draw = (conversion: Conversion): Float64Array => {
    const random = new Random(seed, `conversion ${conversion}`);
    return probabilities[conversion].map((p) => (random.uniform() < p ? 1 : 0));
  };
  return {
    store_order: draw("store_order"),
    live_order: draw("live_order"),
    content_visit: draw("content_visit"),
  };
}
