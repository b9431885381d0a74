import { bytes, duration, fixed, integer, percent, plural, signed } from "@moongate/text";
import { LEAST_OF_A_CLASS } from "./doubts.ts";
import type { Joining } from "./joining.ts";
import type { Compared, Gain } from "./measured.ts";

/** The card in words, the same on a page and in a terminal. */
export interface CardWords {
  readonly answer: string;
  readonly why: string;
  readonly rows: readonly Row[];
  readonly assumptions: readonly string[];
}

export interface Row {
  readonly name: string;
  readonly value: string;
  /** The interval, or what the value was made of. */
  readonly detail: string;
}

const ANSWERS = {
  "too few": "Too few to tell",
  "suspect column": "Withheld: a column looks like a consequence of the label",
  pays: "Yes: joining pays",
  "does not pay": "No: joining costs more than it brings",
  "not shown to pay": "A better model, but not shown to pay",
  "no gain shown": "No: joining is not shown to help",
  "not told": "One run does not tell",
} as const;

export function words(result: Joining): CardWords {
  const { input } = result;
  return {
    answer: ANSWERS[result.verdict],
    why: reason(result),
    rows: [
      comparedRow("AUC", input.auc, 4),
      ...campaignRows(result),
      costRow(result),
      {
        name: "disclosed",
        value:
          input.disclosures === undefined
            ? "not counted"
            : plural(input.disclosures, "ledger line"),
        detail: "what was opened on purpose, each with its reader and its reason",
      },
    ],
    assumptions: assumptions(result),
  };
}

/** Lift, orders and money; or one line that says why they are not told. */
function campaignRows(result: Joining): Row[] {
  const { input, verdict, moneyDoubt } = result;
  const lift = comparedRow("lift at 10%", input.lift10, 2);
  if (verdict === "too few") return [];
  if (moneyDoubt === "no conversion") {
    const detail = "there is no test conversion in the best tenth of one of the models";
    return [{ name: "lift at 10% and money", value: "not told", detail }];
  }
  if (moneyDoubt === "one conversion") {
    const detail = "it would rest on one conversion among the best tenth of test rows";
    return [lift, { name: "money", value: "not told", detail }];
  }
  return [lift, ordersRow(result), moneyRow(result), breakEvenRow(result)];
}

function reason(result: Joining): string {
  const { input, money, verdict, moneyDoubt } = result;
  const { auc, basis, what } = input;
  if (verdict === "too few" && input.classes !== undefined) {
    const { positives, negatives } = input.classes;
    return (
      `${plural(positives, "test row")} converted and ${integer(negatives)} did not: with fewer than ` +
      `${LEAST_OF_A_CLASS} of either, no gain, interval or money can be told.`
    );
  }
  if (verdict === "suspect column") {
    const named = (input.suspects ?? []).map(
      ({ column, auc: own }) => `${column} (AUC ${fixed(own, 3)} by itself)`,
    );
    return (
      `${named.join(", ")} ${named.length === 1 ? "looks" : "look"} like a consequence of the label: known ` +
      "only after the conversion. Leave it out (`exclude`, or take it out of the table) and train again."
    );
  }
  const by = `the AUC of the ${what} less that of commerce alone is ${gainText(auc.gain, signed4)}`;
  if (auc.gain.interval === undefined && auc.gain.mean === 0) {
    return "Both models put the test rows in equally good order: there is no difference to judge.";
  }
  if (auc.gain.interval === undefined) return `${capital(by)}, without an interval to judge it by.`;
  const [low, high] = auc.gain.interval;
  if (high < 0) return `The joint model is worse: ${by}, ${basis}.`;
  if (low <= 0)
    return `${capital(by)}, ${basis}: the interval reaches 0, so there is no gain to sell.`;
  if (moneyDoubt !== undefined) {
    return `${capital(by)}, ${basis}; but there are too few conversions among the best tenth to count money.`;
  }
  const net = `the campaign is left with ${gainText(money.net, signedInteger)} after all costs`;
  return verdict === "not shown to pay" && money.net.interval !== undefined
    ? `${capital(by)}, ${basis}; but ${net}, an interval that reaches 0.`
    : `${capital(by)}, ${basis}; ${net}.`;
}

function comparedRow(name: string, { alone, joint, gain }: Compared, places: number): Row {
  return {
    name: `${name} over commerce alone`,
    value: signed(gain.mean, places),
    detail: withInterval(`${fixed(alone, places)} to ${fixed(joint, places)}`, gain, (value) =>
      signed(value, places),
    ),
  };
}

function ordersRow({ orders, clicks }: Joining): Row {
  return {
    name: "orders at equal spend",
    value: signedInteger(orders.more.mean),
    detail: withInterval(
      `${integer(orders.alone)} to ${integer(orders.joint)} from ${integer(clicks)} clicks`,
      orders.more,
      signedInteger,
    ),
  };
}

function moneyRow({ money }: Joining): Row {
  return {
    name: "money at most, costs taken off",
    value: signedInteger(money.net.mean),
    detail: withInterval(
      `${signedInteger(money.gross.mean)} from orders, ${integer(money.fixed)} for joining`,
      money.net,
      signedInteger,
    ),
  };
}

function breakEvenRow({ breakEven, input }: Joining): Row {
  const now = input.overlap === undefined ? "" : `; here ${percent(input.overlap)} were matched`;
  const { at, interval } = breakEven;
  const range =
    interval === undefined ? "" : `95% interval ${needed(interval[0])} to ${needed(interval[1])}`;
  return {
    name: at > 1 || at < ANY_SHARE ? "by overlap" : "pays from an overlap of",
    value: at > 1 ? "pays at no overlap" : at < ANY_SHARE ? "pays at any overlap" : percent(at),
    detail: `${range}${now}`.replace(/^; /, ""),
  };
}

function costRow({ input }: Joining): Row {
  return {
    name: "cost of the training",
    value: bytes(input.bytes),
    detail: `over both hops, in ${duration(input.seconds)} on the machine that measured it`,
  };
}

function assumptions({ input, value }: Joining): string[] {
  const { campaign, rate, overlap } = input;
  return [
    `Campaign: a budget of ${integer(campaign.budget)} at ${fixed(campaign.costPerClick, 2)} a click; ` +
      `${percent(rate)} of users convert.`,
    campaign.conversionValue === undefined
      ? `A further conversion is counted at ${fixed(value, 2)}, what one costs by commerce's own model: ` +
        "as if the campaign alone just paid for itself."
      : `A conversion leaves ${fixed(value, 2)}.`,
    `Joining costs ${integer(campaign.fixedCost)} of work, ${fixed(campaign.pricePerGigabyte, 2)} a GB ` +
      `and ${fixed(campaign.pricePerHour, 2)} an hour of machines, whatever the overlap.`,
    overlap === undefined
      ? "All users are taken as matched."
      : "The gain goes to matched users alone; all others are scored by commerce's own model.",
    "The budget buys clicks of the best-scored tenth of users; a click converts at its rate. Bids that " +
      "rise, and users who convert without a click, are not counted: the money is an upper bound.",
  ];
}

/** What rounds to no share at all. */
const ANY_SHARE = 0.0005;

function needed(share: number): string {
  if (share > 1) return "more than all";
  return share < ANY_SHARE ? "any" : percent(share);
}

function withInterval(text: string, { interval }: Gain, say: (value: number) => string): string {
  if (interval === undefined) return `${text}; no interval`;
  return `${text}; 95% interval ${say(interval[0])} to ${say(interval[1])}`;
}

function gainText({ mean, interval }: Gain, say: (value: number) => string): string {
  if (interval === undefined) return say(mean);
  return `${say(mean)} (95% interval ${say(interval[0])} to ${say(interval[1])})`;
}

const signed4 = (value: number): string => signed(value, 4);

function signedInteger(value: number): string {
  const text = integer(Math.abs(value));
  return value < 0 && text !== "0" ? `\u2212${text}` : text === "0" ? text : `+${text}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
