import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { resultFixture } from "../testing/result-fixture.ts";
import { demoSummary } from "./demo.ts";
import { shortSummary } from "./short.ts";

const colours = picocolors.createColors(false);
const labels = Array.from({ length: 16 }, (_, at) => `a_rather_long_label_of_commerce_${at}`);
const [auc] = Object.values(resultFixture.auc);
const many = {
  ...resultFixture,
  labels,
  auc: Object.fromEntries(labels.map((label) => [label, auc ?? never()])),
};
function never(): never {
  throw new Error("the fixture has no label");
}

describe("a demo's end on one screen", () => {
  it.each([
    ["few labels", resultFixture],
    ["as many labels as a plan can have", many],
  ])("has at most 40 lines of at most 100 letters: %s", (_, result) => {
    const end = { report: "runs/one/report.html", command: "npx moongate predict", colours };
    const text = demoSummary(result, { ...end, details: undefined });
    const lines = text.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(text).toContain("runs/one/report.html");
    expect(text).toContain("npx moongate predict");
    const all = demoSummary(resultFixture, { ...end, details: true });
    expect(all).toContain("What each process has received");
  });

  it("says what figures there are, and those that are not as such", () => {
    const text = shortSummary(resultFixture, colours);
    expect(text).toMatch(/commerce alone +joint +pooled \(ceiling\)/);
    expect(text).toMatch(/ledger lines?: /);
    expect(text).not.toMatch(/undefined|NaN/);
  });

  it("names an option that asks for a losing trade", () => {
    const gain = { mean: -0.01, interval: [-0.02, -0.001] as [number, number] };
    const [label = ""] = resultFixture.labels;
    const lost = {
      ...resultFixture,
      protocol: "split" as const,
      defence: { gradient: { kind: "max-norm" as const } },
      joining: {
        ...{ alone: "sine" as const, testRows: 4000, bytes: 1e6, seconds: 3, disclosures: 3 },
        overlap: 0.8,
        campaign: {
          ...{ budget: 10_000, costPerClick: 0.5, fixedCost: 1000 },
          ...{ pricePerGigabyte: 0.1, pricePerHour: 1 },
        },
        labels: {
          [label]: {
            verdict: "no gain shown" as const,
            classes: { positives: 400, negatives: 3600 },
            suspects: [],
            rate: 0.1,
            auc: { alone: 0.611, joint: 0.602, gain },
            lift10: { alone: 3, joint: 2.8, gain },
          },
        },
      },
    };
    const text = shortSummary(lost, colours).replaceAll(/\s+/g, " ");
    expect(text).toContain(`is no better than commerce alone for ${label}`);
    expect(text).toContain("The joint model is worse");
  });
});
