import { describe, expect, it } from "vitest";
import { sumCosts } from "../cost.ts";
import { bytesOnLinks } from "../machines/cost-recorder.ts";
import { stepCosts } from "./step-costs.ts";

const schedule = { epochs: 1, batchSize: 1024, learningRate: 0.1, weightDecay: 0 };
const shape = { width: { media: 32, commerce: 33 }, labels: 1 };

describe("budgets of a step (batch 1,024, 32 + 32 columns, one label)", () => {
  it.each([
    ["logistic", { kind: "logistic", ...schedule }, 4, 400],
    ["sine", { kind: "sine", hidden: 16, ...schedule }, 10, 3500],
  ] as const)("%s: rounds, and bytes a row on all links", async (_, plan, rounds, bytes) => {
    const recorded = await stepCosts(plan, shape, schedule.batchSize);
    expect(recorded.length).toBeLessThanOrEqual(rounds);
    const total = sumCosts(recorded.flat().map(({ cost }) => cost));
    expect(bytesOnLinks(total) / schedule.batchSize).toBeLessThanOrEqual(bytes);
  });
});
