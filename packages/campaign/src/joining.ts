import { fixedCostOf } from "./campaign.ts";
import { type MoneyDoubt, moneyDoubt, tooFew, withoutHollowIntervals } from "./doubts.ts";
import type { Gain, JoiningInput } from "./measured.ts";

export type CampaignVerdict =
  | "too few"
  | "suspect column"
  | "pays"
  | "does not pay"
  | "not shown to pay"
  | "no gain shown"
  | "not told";

/** What joining is worth. */
export interface Joining {
  readonly input: JoiningInput;
  /** Clicks that the budget buys. */
  readonly clicks: number;
  /** Orders from those clicks, at the overlap. */
  readonly orders: { readonly alone: number; readonly joint: number; readonly more: Gain };
  /** The value of one conversion, as it was counted. */
  readonly value: number;
  /** Value of the further orders, what joining costs whatever the overlap, and what remains. */
  readonly money: { readonly gross: Gain; readonly fixed: number; readonly net: Gain };
  /** The overlap at which the further orders just pay for joining. */
  readonly breakEven: BreakEven;
  readonly verdict: CampaignVerdict;
  /** The reason why orders, money and break-even are not shown; absent if they are. */
  readonly moneyDoubt?: MoneyDoubt | undefined;
}

/** Shares of users; infinite where no overlap is enough. */
export interface BreakEven {
  readonly at: number;
  /** The break-even at the largest gain of the interval, and at the smallest. */
  readonly interval?: readonly [best: number, worst: number] | undefined;
}

/**
 * Orders at equal spend, by a plain model: the budget buys clicks of the users who score highest, so
 * a click converts with rate · lift at 10%; a matched user is scored by the joint model, any other
 * by commerce's own. The gain therefore grows with the overlap, while work, traffic and machines
 * cost the same.
 *
 *   orders(overlap) = clicks · rate · (lift alone + overlap · (lift joint − lift alone))
 *   break-even overlap = fixed cost / (clicks · rate · lift gain · value)
 *   value of a conversion = as given, else its cost by commerce's own model,
 *                           click cost / (rate · lift alone)
 *
 * The model does not know of bids that rise with demand, of users who convert without a click, or
 * of lifts that fall off past the best tenth: all of them make the gain smaller, so what it counts is
 * an upper bound.
 */
export function joining(measured: JoiningInput): Joining {
  const input = withoutHollowIntervals(measured);
  const doubt = moneyDoubt(input);
  const { campaign, rate, lift10, overlap = 1 } = input;
  const clicks = campaign.budget / campaign.costPerClick;
  const more = scaled(lift10.gain, clicks * rate * overlap);
  const alone = clicks * rate * lift10.alone;
  const value = campaign.conversionValue ?? campaign.budget / Math.max(alone, LEAST_ORDERS);
  const gross = scaled(more, value);
  const fixed = fixedCostOf(campaign, input);
  const net = shifted(gross, -fixed);
  const full = scaled(lift10.gain, clicks * rate * value);
  return {
    input,
    ...{ clicks, value },
    orders: { alone, joint: alone + more.mean, more },
    money: { gross, fixed, net },
    breakEven: {
      at: shareNeeded(fixed, full.mean),
      interval: full.interval && [
        shareNeeded(fixed, full.interval[1]),
        shareNeeded(fixed, full.interval[0]),
      ],
    },
    verdict: verdictOf(input, doubt === undefined ? net : { mean: net.mean }),
    moneyDoubt: doubt,
  };
}

/** A model that finds nobody would make a conversion infinitely dear. */
const LEAST_ORDERS = 1;

/**
 * What cannot be told is said before anything else. Then a better model comes first: while the interval of the AUC's gain reaches 0 there is none to sell.
 * Then the money, by its own interval. Without intervals nothing is told.
 */
function verdictOf(input: JoiningInput, net: Gain): CampaignVerdict {
  if (tooFew(input)) return "too few";
  if ((input.suspects ?? []).length > 0) return "suspect column";
  const auc = input.auc.gain;
  if (auc.interval === undefined) return "not told";
  if (auc.interval[0] <= 0) return "no gain shown";
  if (net.interval === undefined) return "not shown to pay";
  if (net.interval[0] > 0) return "pays";
  return net.interval[1] <= 0 ? "does not pay" : "not shown to pay";
}

function shareNeeded(fixed: number, full: number): number {
  return full > 0 ? fixed / full : Infinity;
}

function scaled({ mean, interval }: Gain, factor: number): Gain {
  return {
    mean: mean * factor,
    interval: interval && [interval[0] * factor, interval[1] * factor],
  };
}

function shifted({ mean, interval }: Gain, by: number): Gain {
  return { mean: mean + by, interval: interval && [interval[0] + by, interval[1] + by] };
}
