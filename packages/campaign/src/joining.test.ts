import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CAMPAIGN_DEFAULTS, fixedCostOf } from "./campaign.ts";
import { joiningCard } from "./card.ts";
import { joining } from "./joining.ts";
import type { JoiningInput } from "./measured.ts";
import { joiningText } from "./text.ts";

const input: JoiningInput = {
  what: "masked sine model",
  basis: "5 paired seeds",
  auc: { alone: 0.905, joint: 0.93, gain: { mean: 0.025, interval: [0.02, 0.03] } },
  lift10: { alone: 4, joint: 4.5, gain: { mean: 0.5, interval: [0.3, 0.7] } },
  rate: 0.1,
  bytes: 250e6,
  seconds: 36,
  disclosures: 4,
  overlap: 0.8,
  campaign: {
    budget: 10_000,
    costPerClick: 0.5,
    conversionValue: 40,
    fixedCost: 1000,
    pricePerGigabyte: 4,
    pricePerHour: 100,
  },
};
const withAuc = (mean: number, interval?: readonly [number, number]): JoiningInput => ({
  ...input,
  auc: { ...input.auc, gain: { mean, interval } },
});

describe("joining", () => {
  it("counts orders and money at equal spend by hand", () => {
    const { clicks, orders, money, breakEven, verdict } = joining(input);
    expect(clicks).toBe(20_000);
    expect(orders.alone).toBeCloseTo(20_000 * 0.1 * 4, 9);
    expect(orders.more.mean).toBeCloseTo(20_000 * 0.1 * 0.5 * 0.8, 9);
    expect(orders.joint).toBeCloseTo(8800, 9);
    expect(money.fixed).toBeCloseTo(1000 + 1 + 1, 9);
    expect(money.gross.mean).toBeCloseTo(800 * 40, 9);
    expect(money.net.interval?.[0]).toBeCloseTo(20_000 * 0.1 * 0.3 * 0.8 * 40 - 1002, 9);
    expect(breakEven.at).toBeCloseTo(1002 / 40_000, 9);
    expect(breakEven.interval).toEqual([1002 / 56_000, expect.closeTo(1002 / 24_000, 9)]);
    expect(verdict).toBe("pays");
  });

  it("stops paying exactly at the break-even overlap", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 3, noNaN: true }),
        fc.double({ min: 1, max: 1e5, noNaN: true }),
        (gain, cost) => {
          const made = (overlap: number) =>
            joining({
              ...input,
              overlap,
              lift10: { alone: 4, joint: 4 + gain, gain: { mean: gain } },
              campaign: { ...input.campaign, fixedCost: cost },
            });
          const { at } = made(1).breakEven;
          const full = made(1).money.gross.mean;
          expect(made(at).money.net.mean / full).toBeCloseTo(0, 9);
          expect(made(at * 1.1).money.net.mean).toBeGreaterThan(0);
          expect(made(at * 0.9).money.net.mean).toBeLessThan(0);
        },
      ),
    );
  });

  it("counts a conversion at its cost by commerce's own model where no value is given", () => {
    const campaign = { ...input.campaign, conversionValue: undefined };
    const made = joining({ ...input, campaign });
    // 20,000 clicks that convert at .1 · 4 bring 8,000 orders for 10,000.
    expect(made.value).toBeCloseTo(1.25, 12);
    // An eighth more orders for four fifths of the users: a tenth of the budget.
    expect(made.money.gross.mean).toBeCloseTo(1000, 9);
    expect(made.money.net.mean).toBeCloseTo(1000 - 1002, 9);
    expect(made.verdict).toBe("not shown to pay");
    const said = joiningText(made).replaceAll(/\s+/g, " ");
    expect(said).toContain("counted at 1.25, what one costs by commerce's own model");
    expect(said).toContain("the money is an upper bound");
    expect(joining({ ...input, campaign, lift10: { ...input.lift10, alone: 0 } }).value).toBe(
      10_000,
    );
  });

  it("prices traffic and machines beside the work", () => {
    const campaign = { ...CAMPAIGN_DEFAULTS, fixedCost: 7, pricePerGigabyte: 2, pricePerHour: 3 };
    expect(fixedCostOf(campaign, { bytes: 5e9, seconds: 7200 })).toBe(7 + 10 + 6);
  });

  it.each<[string, JoiningInput, string, RegExp]>([
    ["a gain that pays", input, "pays", /^Is joining worth it\? Yes/],
    [
      "an interval that reaches 0",
      withAuc(0.002, [-0.001, 0.005]),
      "no gain shown",
      /no gain to sell/,
    ],
    [
      "an interval that touches 0",
      withAuc(0.002, [0, 0.004]),
      "no gain shown",
      /not shown to help/,
    ],
    ["a loss", withAuc(-0.01, [-0.02, -0.001]), "no gain shown", /The joint model is worse/],
    [
      "one run without an interval",
      withAuc(0.02),
      "not told",
      /One run does not tell.*without an interval/,
    ],
    [
      "work that costs more than it brings",
      { ...input, campaign: { ...input.campaign, fixedCost: 1e6 } },
      "does not pay",
      /costs more than it brings/,
    ],
    [
      "money that could go either way",
      { ...input, campaign: { ...input.campaign, fixedCost: 30_000 } },
      "not shown to pay",
      /an interval that reaches 0/,
    ],
  ])("says what it thinks of %s", (_name, given, verdict, said) => {
    expect(joining(given).verdict).toBe(verdict);
    expect(joiningText(joining(given)).replaceAll(/\s+/g, " ")).toMatch(said);
  });

  it("names no overlap where none is enough", () => {
    const none = { ...input.lift10, gain: { mean: -0.1, interval: [-0.3, 0.1] as const } };
    const result = joining({ ...input, lift10: none });
    expect(result.breakEven.at).toBe(Infinity);
    expect(joiningText(result)).toMatch(/by overlap +pays at no overlap/);
  });
});

describe("its renderings", () => {
  const text = joiningText(joining(input));

  it("fit a terminal and state their inputs", () => {
    for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
    expect(text).toMatch(/AUC over commerce alone +\+0\.0250/);
    expect(text).toMatch(/orders at equal spend +\+800/);
    expect(text).toMatch(/4 ledger lines/);
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      "a budget of 10,000 at 0.50 a click; 10% of users convert. A conversion leaves 40.00.",
    );
    expect(text).toContain("250 MB");
  });

  it("say the same on a page, with signs escaped", () => {
    const page = joiningCard(joining({ ...input, what: "<b>masked</b> model" })).text;
    expect(page).not.toContain("<b>masked");
    for (const figure of ["+0.0250", "+800", "2.5%", "250 MB"]) expect(page).toContain(figure);
  });
});

describe("what cannot be told", () => {
  const few = { ...input, classes: { positives: 19, negatives: 4000 } };

  it("is said of few test rows of a class: no interval, no money", () => {
    const told = joining(few);
    expect(told.verdict).toBe("too few");
    expect(told.input.auc.gain.interval).toBeUndefined();
    const text = joiningText(told).replaceAll(/\s+/g, " ");
    expect(text).toContain("Too few to tell 19 test rows converted and 4,000 did not");
    expect(text).not.toMatch(/95% interval|orders at equal|money at most/);
    const enough = { positives: 100, negatives: 4000 };
    expect(joining({ ...input, classes: enough }).verdict).toBe("pays");
  });

  it("is said of a lift without a conversion, and of money on one", () => {
    const classes = { positives: 30, negatives: 4000 };
    const lifts = (alone: number, joint: number): JoiningInput => ({
      ...{ ...input, classes },
      lift10: { alone, joint, gain: { mean: joint - alone, interval: [0.1, 1] } },
    });
    const none = joining(lifts(0, 1));
    expect(none.verdict).toBe("not shown to pay");
    expect(joiningText(none)).toMatch(/lift at 10% and money +not told/);
    const one = joining(lifts(1, 4 / 3));
    expect(one.moneyDoubt).toBe("one conversion");
    expect(joiningText(one)).toMatch(/money +not told/);
    expect(joining(lifts(1, 2)).moneyDoubt).toBeUndefined();
  });

  it("is said of an interval without width", () => {
    const gain = { mean: 0, interval: [0, 0] as const };
    const told = joining({ ...input, auc: { alone: 1, joint: 1, gain } });
    expect(told.verdict).toBe("not told");
    expect(joiningText(told)).toContain("equally good order");
  });

  it("is said where a column looks like a consequence of the label", () => {
    const told = joining({ ...input, suspects: [{ column: "order_total", auc: 1 }] });
    expect(told.verdict).toBe("suspect column");
    const text = joiningText(told).replaceAll(/\s+/g, " ");
    expect(text).toContain(
      "order_total (AUC 1.000 by itself) looks like a consequence of the label",
    );
  });

  it("names an overlap that does not matter", () => {
    const free = { ...input.campaign, fixedCost: 0, pricePerGigabyte: 0, pricePerHour: 0 };
    expect(joiningText(joining({ ...input, campaign: free }))).toContain("pays at any overlap");
  });
});
