import { makePlan, type Plan, type PlanChoices } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import { withNoise } from "@moongate/defences";
import { auditWorks, canaryAudit } from "./audit.ts";
import { canaryScore } from "./canary.ts";

const planOf = (epsilon: number, model: PlanChoices["model"] = SCHEDULE): Plan =>
  makePlan("audit", ["y"], withNoise({ protocol: "masked", model, dp: { epsilon } }));
const SCHEDULE = { kind: "logistic", epochs: 20, learningRate: 1 } as const;

/** How far the two tables' scores lie apart without noise, in parts of what the proof allows. */
async function partOfSensitivity(plan: Plan): Promise<number> {
  const [forwards, backwards] = [
    await canaryScore(plan, true, "none", "signal"),
    await canaryScore(plan, false, "none", "signal"),
  ];
  // Each step's sensitivity is 1 / multiplier deviations of its noise.
  const allowed = Math.sqrt(plan.model.epochs) / (plan.dp?.noiseMultiplier ?? NaN);
  return Math.abs(forwards - backwards) / allowed;
}

describe("the canary", () => {
  // At ε = 1 noise bounds the learning rate (docs/protocols/dp.md), so the canary is learnt more slowly.
  it.each([
    [8, 0.45],
    [4, 0.45],
    [1, 0.35],
  ])("moves gradients by a good part of their sensitivity, ε = %s", async (epsilon, least) => {
    const part = await partOfSensitivity(planOf(epsilon));
    expect(part).toBeGreaterThan(least);
    // Its features are twice the clip: without clipping this would exceed 1.
    expect(part).toBeLessThan(0.75);
  });

  it("counts the one step of an epoch that has it, where batches are smaller", async () => {
    const part = await partOfSensitivity(planOf(8, { ...SCHEDULE, batchSize: 25 }));
    expect(part).toBeGreaterThan(0.4);
    expect(part).toBeLessThan(1);
  });

  it("has a score that repeats with its seed and no other", async () => {
    const score = (seed: string): Promise<number> =>
      canaryScore(planOf(4), true, "as planned", seed);
    expect(await score("a")).toBe(await score("a"));
    expect(await score("a")).not.toBe(await score("b"));
  });

  it("is refused where there is no claim to audit", async () => {
    await expect(
      canaryScore(makePlan("audit", ["y"], { model: SCHEDULE }), true, "as planned", "a"),
    ).rejects.toMatchObject({ code: "DP_INVALID" });
  });
});

describe("the canary audit", { timeout: 120_000 }, () => {
  it.each([
    [8, 0.25],
    [4, 0.1],
  ])("proves a part of ε = %s and no more; its controls succeed", async (epsilon, part) => {
    const audit = await canaryAudit({
      ...{ plan: planOf(epsilon), trainings: 1200, controls: 300, seed: "audit" },
    });
    expect(audit).toMatchObject({ delta: 1e-6, confidence: 0.95, trainings: 1200 });
    expect(audit.epsilon).toBeCloseTo(epsilon, 6);
    if (epsilon === 8) expect(audit.atLeast).toBeGreaterThan(0);
    expect(audit.atLeast).toBeLessThan(epsilon);
    expect(audit.gaussianAtLeast).toBeGreaterThan(part * epsilon);
    expect(audit.gaussianAtLeast).toBeGreaterThan(audit.atLeast);
    expect(audit.gaussianAtLeast).toBeLessThan(epsilon);
    expect(audit.controls.quarter.gaussianAtLeast).toBeGreaterThan(epsilon);
    expect(audit.controls.none.gaussianAtLeast).toBeGreaterThan(epsilon);
    expect(auditWorks(audit)).toBe(true);
  });

  it("of ε = 1 finds missing noise whatever it is like, and says when it is blind", async () => {
    const audit = await canaryAudit({
      ...{ plan: planOf(1), trainings: 200, controls: 100, seed: "audit" },
    });
    expect(audit.controls.none.atLeast).toBeGreaterThan(1);
    expect(audit.controls.none.gaussianAtLeast).toBeGreaterThan(audit.controls.none.atLeast);
    expect(audit.gaussianAtLeast).toBeLessThan(1);
    // A hundred trainings are too few to see that three quarters of this much noise are missing.
    expect(audit.controls.quarter.gaussianAtLeast).toBeLessThan(1);
    expect(auditWorks(audit)).toBe(false);
  });
});
