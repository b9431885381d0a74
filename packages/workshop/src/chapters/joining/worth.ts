import { type Campaign, CAMPAIGN_DEFAULTS, type Joining, joining } from "@moongate/campaign";
import type { DefencePlan } from "@moongate/catalogue";
import { aucDifference, liftDifference } from "@moongate/statistics";
import type { SplitTold } from "../../split/orders.ts";

/** The protocols to choose from, and the fence of those that have one. */
export const WAYS = ["alone", "split", "marvell", "response", "masked"] as const;
export type Way = (typeof WAYS)[number];

export const FENCE_OF: Readonly<Record<"split" | "marvell" | "response", DefencePlan>> = {
  split: {},
  marvell: { gradient: { kind: "marvell", s: 2 } },
  response: { labels: { kind: "randomised-response", epsilon: 2 } },
};

/** The four sides of a decision that participants set. */
export interface Budget {
  readonly conversionValue: number;
  readonly fixedCost: number;
  readonly mostLeak: number;
  readonly mostMegabytes: number;
}

export const campaignOf = ({ conversionValue, fixedCost }: Budget): Campaign => ({
  ...CAMPAIGN_DEFAULTS,
  conversionValue,
  fixedCost,
});

/** Differences that do not depend on the budget, once for each way. */
export type Measures = Pick<
  Parameters<typeof joining>[0],
  "auc" | "lift10" | "rate" | "classes" | "bytes"
>;

/** One way against commerce alone, on the same test rows. */
export function measuresOf(way: Way, outcome: SplitTold, alone: SplitTold): Measures {
  const labels = outcome.testLabels;
  const auc = aucDifference(outcome.testScores, alone.testScores, labels);
  const lift = liftDifference(outcome.testScores, alone.testScores, labels, {
    seed: `workshop ${way}`,
    resamples: 300,
  });
  const positives = labels.reduce<number>((sum, label) => sum + label, 0);
  return {
    auc: {
      ...{ alone: auc.second, joint: auc.first },
      gain: { mean: auc.difference, interval: [auc.interval.low, auc.interval.high] },
    },
    lift10: {
      ...{ alone: lift.second, joint: lift.first },
      gain: { mean: lift.difference, interval: [lift.interval.low, lift.interval.high] },
    },
    rate: positives / labels.length,
    classes: { positives, negatives: labels.length - positives },
    bytes: outcome.bytes,
  };
}

/** What that way is worth under a budget: the campaign package's own answer. */
export const worthOf = (way: Way, measures: Measures, budget: Budget): Joining =>
  joining({
    ...measures,
    ...{ what: way, basis: "one training", seconds: 0 },
    campaign: campaignOf(budget),
  });

/** What a participant signed, short enough to read out. */
export interface Memo {
  readonly name: string;
  readonly way: Way;
  readonly budget: Budget;
}

const PREFIX = "MG1.";

/** A memo as a code to paste into a chat. */
export function codeOf({ name, way, budget }: Memo): string {
  const { conversionValue, fixedCost, mostLeak, mostMegabytes } = budget;
  const fields = [name, way, conversionValue, fixedCost, mostLeak, mostMegabytes];
  const bytes = new TextEncoder().encode(JSON.stringify(fields));
  const text = btoa(String.fromCharCode(...bytes));
  return PREFIX + text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The memo of a code; undefined for what is none. */
export function memoOf(code: string): Memo | undefined {
  if (!code.startsWith(PREFIX)) return undefined;
  try {
    const text = atob(code.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const fields: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (!Array.isArray(fields) || fields.length !== 6) return undefined;
    const [name, chosen, ...numbers] = fields as unknown[];
    const way = WAYS.find((each) => each === chosen);
    const [conversionValue, fixedCost, mostLeak, mostMegabytes] = numbers.map(Number);
    if (typeof name !== "string" || name.length > 40 || way === undefined) return undefined;
    if (
      conversionValue === undefined ||
      fixedCost === undefined ||
      mostLeak === undefined ||
      mostMegabytes === undefined ||
      !numbers.every((value) => typeof value === "number" && Number.isFinite(value))
    ) {
      return undefined;
    }
    return { name, way, budget: { conversionValue, fixedCost, mostLeak, mostMegabytes } };
  } catch {
    return undefined;
  }
}
