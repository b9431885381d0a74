import { describe, expect, it } from "vitest";
import { shareOf } from "../machines/share-arithmetic.ts";
import { valuesOf } from "../machines/twin.ts";
import { table } from "../testing/table.ts";
import { runWorld } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import type { SinePlan } from "./model.ts";
import { SINE_BITS, sine } from "./sine.ts";
import { maskedTraining, type TrainingPlan } from "./training.ts";
import { privateTargets } from "./targets.ts";

const model: SinePlan = {
  kind: "sine",
  hidden: 6,
  epochs: 3,
  batchSize: 64,
  learningRate: 0.1,
  weightDecay: 1e-3,
};
const plan: TrainingPlan = {
  seed: "sine test",
  model,
  labels: 2,
  rows: { train: 500, validation: 40, test: 200 },
  width: { media: 5, commerce: 4 },
};

describe("masked sine network", () => {
  it("ends near the twin's weights and scores", async () => {
    const { inputs } = table(plan, "twin");
    const run = await runWorld((m, own) => maskedTraining(m, { plan, inputs: own }), inputs);
    for (const name of ["hidden", "output"]) {
      const twin = valuesOf(run.twin.parameters[name] as Shared);
      const media = shareOf(run.media.parameters[name] as Shared).words();
      const commerce = shareOf(run.commerce.parameters[name] as Shared).words();
      twin.forEach((expected, index) => {
        const word = BigInt.asIntN(64, (media[index] ?? 0n) + (commerce[index] ?? 0n));
        expect(Math.abs(Number(word) / 2 ** SINE_BITS.weights - expected)).toBeLessThan(0.01);
      });
      expect(Math.max(...twin.map(Math.abs))).toBeGreaterThan(0.1);
    }
    const scores = run.commerce.scores?.test ?? new Float64Array();
    expect(scores.length).toBe(plan.rows.test * plan.labels);
    scores.forEach((score, index) => {
      expect(Math.abs(score - (run.twin.scores?.test[index] ?? Number.NaN))).toBeLessThan(0.05);
    });
  });

  it("takes six rounds a step", async () => {
    const { inputs } = table(plan, "cost");
    const rows = Uint32Array.from({ length: 64 }, (_, index) => index);
    const run = await runWorld(async (m, own) => {
      const x = m.columns(740, plan.width, SINE_BITS.features, own);
      const y = m.privateMatrix("commerce", 740, plan.labels, own);
      const network = sine(model);
      const state = network.start(m, x, plan.labels, plan.seed);
      await m.step(() =>
        network.step(m, state, x, privateTargets(y), rows, {
          perRow: 0.01,
          decay: 1e-4,
          momentum: 0.9,
        }),
      );
    }, inputs);
    expect(run.pair.media.rounds).toBe(6);
  });
});
