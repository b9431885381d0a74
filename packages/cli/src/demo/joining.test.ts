import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CAMPAIGN_DEFAULTS } from "@moongate/campaign";
import type { TestScores } from "@moongate/federation";
import { aucDifference } from "@moongate/statistics";
import { expect, describe, it } from "vitest";
import { resultFixture } from "../testing/result-fixture.ts";
import { runHere } from "../testing/run-here.ts";
import { campaignOf } from "./campaign.ts";
import { joiningReport, worthOf } from "./joining.ts";

const ROWS = 2000;
/** Every tenth row converts. */
const labels = Uint8Array.from({ length: ROWS }, (_, row) => Number(row % 10 === 0));
/** A fixed jumble of [0, 1), and a share of the label in it. */
const scores = (strength: number, jumble: number): TestScores => ({
  labels,
  logits: Float64Array.from(
    labels,
    (label, row) => strength * label + (((row + 1) * jumble) % 997) / 997,
  ),
});
const costs = {
  bytes: 2e8,
  seconds: 10,
  disclosures: 8,
  overlap: 0.8,
  campaign: CAMPAIGN_DEFAULTS,
};
const weak = scores(0.1, 389);

describe("what joining is worth by one run", () => {
  it("pays where the joint model is clearly better", () => {
    const strong = scores(0.6, 577);
    const told = worthOf(strong, weak, costs, "1");
    expect(told.verdict).toBe("pays");
    expect(told.rate).toBe(0.1);
    const { difference, interval } = aucDifference(strong.logits, weak.logits, labels);
    expect(told.auc.gain.mean).toBeCloseTo(difference, 12);
    expect(told.auc.gain.interval).toEqual([interval.low, interval.high]);
    expect(told.orders?.more.mean).toBeCloseTo(20_000 * 0.1 * told.lift10.gain.mean * 0.8, 9);
    expect(worthOf(strong, weak, costs, "1")).toEqual(told);
  });

  it("says so where joining does not help: no better, worse, and the very same scores", () => {
    const none = worthOf(scores(0.1, 577), weak, costs, "1");
    expect(none.verdict).toBe("no gain shown");
    expect(none.auc.gain.interval?.[0]).toBeLessThan(0);
    expect(worthOf(weak, scores(0.6, 577), costs, "1").verdict).toBe("no gain shown");
    const same = worthOf(weak, weak, costs, "1");
    expect(same.verdict).toBe("not told");
    expect(same.auc.gain).toEqual({ mean: 0 });
    expect(same.breakEven).toEqual({ at: null });
  });

  it("does not tell by a single positive", () => {
    const single = labels.map((_, row) => Number(row === 0));
    const told = worthOf({ ...weak, labels: single }, { ...weak, labels: single }, costs, "1");
    expect(told.verdict).toBe("too few");
    expect(told.money).toBeUndefined();
    expect(told.auc.gain).toEqual({ mean: 0 });
  });
});

describe("the report of a run directory", () => {
  it("compares both score files of commerce, and costs the session without its baselines", async () => {
    const folder = await mkdtemp(join(tmpdir(), "moongate-joining-"));
    const file = (...columns: readonly TestScores[]): string =>
      Array.from({ length: ROWS }, (_, row) =>
        [
          `u${row},test`,
          ...columns.map((of) => `${of.labels[row] ?? 0},0.5,${of.logits[row] ?? 0}`),
        ].join(","),
      ).join("\n");
    const strong = scores(0.6, 577);
    try {
      await writeFile(join(folder, "scores.csv"), file(strong, weak));
      await writeFile(join(folder, "baseline-scores.csv"), file(weak, strong));
      const result = { ...resultFixture, seconds: { report: 2.5, total: 9.5 } };
      const report = await joiningReport(folder, result, CAMPAIGN_DEFAULTS);
      expect(report).toMatchObject({ alone: "sine", bytes: 250_000_000, seconds: 7 });
      expect(report?.overlap).toBeCloseTo(0.8, 12);
      expect(report?.labels["store_order"]?.verdict).toBe("pays");
      expect(report?.labels["live_order"]?.verdict).toBe("no gain shown");
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("is none where commerce has no model alone", async () => {
    const models = resultFixture.models.filter(({ who }) => who !== "commerce");
    const result = { ...resultFixture, models };
    expect(await joiningReport("nowhere", result, CAMPAIGN_DEFAULTS)).toBeUndefined();
  });
});

describe("the campaign", () => {
  it("has the defaults that the help states, but for what was asked", async () => {
    expect(campaignOf({})).toEqual(CAMPAIGN_DEFAULTS);
    expect(campaignOf({ clickCost: 2, conversionValue: 9, budget: 7 })).toEqual({
      ...CAMPAIGN_DEFAULTS,
      ...{ costPerClick: 2, conversionValue: 9, budget: 7 },
    });
    const help = (await runHere(["demo", "--help"])).out.replaceAll(/\s+/g, " ");
    const { budget, costPerClick } = CAMPAIGN_DEFAULTS;
    const stated = (option: string): number => {
      const found = new RegExp(`${option} <money> [^(]*\\(default: ([\\d,.]+)\\)`).exec(help);
      return Number(found?.[1]?.replaceAll(",", ""));
    };
    expect(stated("--budget")).toBe(budget);
    expect(stated("--click-cost")).toBe(costPerClick);
    expect(help).toContain("(default: what one costs by commerce's own model)");
    expect(CAMPAIGN_DEFAULTS.conversionValue).toBeUndefined();
  });

  it("takes amounts above 0", async () => {
    expect((await runHere(["demo", "--budget", "0"])).err).toContain("Give a number above 0");
  });
});
