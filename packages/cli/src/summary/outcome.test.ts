import type { PartyOutcome, PredictionOutcome } from "@moongate/federation";
import { makePlan, type PredictionPlan } from "@moongate/messages";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { outcomeSummary } from "./outcome.ts";
import { predictionSummary } from "./prediction.ts";

const plain = picocolors.createColors(false);
const plan = makePlan("s", ["bought"]);
const common = { disclosures: [], seen: [], seconds: { total: 2 }, runDirectory: "runs/one" };
const rows = { train: 70, validation: 10, test: 20 };
const trained: PartyOutcome = { ...common, plan, rows, model: "m" };
const scored: PredictionOutcome = {
  ...common,
  plan: { ...plan, task: "predict" } as unknown as PredictionPlan,
  rows: 5,
};
const engine = { name: "wasm", version: "4.22.0", note: "why" } as const;

describe.each([
  ["a training", (more: object) => outcomeSummary({ ...trained, ...more }, plain)],
  ["a prediction", (more: object) => predictionSummary({ ...scored, ...more }, plain)],
])("what %s was to media", (_what, summary) => {
  it("says what it computed on, and once how to get the faster engine", () => {
    const text = summary({ engine });
    expect(text).toContain("models in the clear: TensorFlow.js 4.22.0, wasm engine");
    expect(text.split("npm run tensorflow")).toHaveLength(2);
  });

  it("says nothing of engines where it needed none", () => {
    expect(summary({})).not.toContain("TensorFlow");
  });
});
