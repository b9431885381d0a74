import { CAMPAIGN_DEFAULTS } from "@moongate/campaign";
import type { JoiningReport } from "@moongate/campaign";
import { resultSchema } from "@moongate/results";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { worthOf } from "../demo/joining.ts";
import { resultFixture } from "../testing/result-fixture.ts";
import { joiningSection } from "./joining.ts";

const ROWS = 2000;
const labels = Uint8Array.from({ length: ROWS }, (_, row) => Number(row % 10 === 0));
const scores = (strength: number, jumble: number) => ({
  labels,
  logits: Float64Array.from(
    labels,
    (label, row) => strength * label + (((row + 1) * jumble) % 997) / 997,
  ),
});
const costs = {
  bytes: 2e8,
  seconds: 10,
  disclosures: 2,
  overlap: 0.8,
  campaign: CAMPAIGN_DEFAULTS,
};
const [weak, strong] = [scores(0.1, 389), scores(0.6, 577)];
const report: JoiningReport = {
  alone: "relu",
  testRows: ROWS,
  ...costs,
  labels: {
    store_order: worthOf(strong, weak, costs, "1"),
    live_order: worthOf(weak, strong, costs, "1"),
  },
};
const colours = picocolors.createColors(false);
const text = joiningSection(resultFixture, report, colours);
const said = text.replaceAll(/\s+/g, " ");

describe("the card of a demo", () => {
  it("answers for the first label in full, and fits a terminal", () => {
    expect(text).toMatch(/^Is joining worth it\? Yes: joining pays\n/);
    expect(said).toContain("the masked logistic model for store_order less that of commerce alone");
    expect(said).toContain("on the same 2,000 test rows");
    expect(said).toContain("a budget of 10,000 at 0.50 a click; 10% of users convert");
    expect(said).toContain("200 MB over both hops, in 10.0 s");
    for (const line of text.split("\n")) expect(line.length, line).toBeLessThanOrEqual(105);
    expect(text).not.toMatch(/undefined|NaN|Infinity|null|\[object/);
  });

  it("has a line for every other label, with intervals and an answer", () => {
    const lines = text.split("\n");
    const at = lines.findIndex((line) => line.startsWith("  live_order"));
    expect(lines[at]).toMatch(/−0\.\d{4} +−\d\.\d\d +−[\d,]+ +no overlap +no gain shown$/);
    expect(lines[at + 1]).toMatch(/^ +−0\.\d{4} to −0\.\d{4} +−.* to −.* +−[\d,]+ to −[\d,]+$/);
  });

  it("says what was disclosed, what commerce alone is and what the intervals tell", () => {
    expect(said).toContain("scores of the test rows; sizes of both id sets.");
    expect(said).toContain("has its ReLU network here, the best of its kinds on validation rows");
    expect(said).toContain("another seed would train another model");
    expect(said).toContain("--budget, --click-cost and --conversion-value");
  });

  it("says plainly that joining does not help", () => {
    const turned = { ...report, labels: { store_order: worthOf(weak, strong, costs, "1") } };
    const card = joiningSection({ ...resultFixture, labels: ["store_order"] }, turned, colours);
    expect(card).toMatch(/^Is joining worth it\? No: joining is not shown to help\n/);
    expect(card).toContain("The joint model is worse");
    expect(card).not.toContain("the other labels");
    expect(card).not.toContain("Each label is counted");
  });

  it("leaves to the attacks what a split session gives away", () => {
    const split = joiningSection({ ...resultFixture, protocol: "split" }, report, colours);
    expect(split).toContain("`moongate attack` measures");
    expect(text).not.toContain("moongate attack");
  });

  it("is the same from a document that was written and read", () => {
    const document = { ...resultFixture, joining: report };
    const read = resultSchema.parse(JSON.parse(JSON.stringify(document)));
    expect(read).toEqual(document);
    expect(read.joining && joiningSection(read, read.joining, colours)).toBe(text);
  });
});
