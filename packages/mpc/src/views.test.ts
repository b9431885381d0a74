/**
 * What crosses the wire says nothing: the masks at work, seen from the views of a real training.
 * Every test has the insecure control beside it (all masks zero), on which it must fail.
 */
import { describe, expect, it } from "vitest";
import { LOGISTIC_BITS, logistic } from "./models/logistic.ts";
import { batches } from "./models/schedule.ts";
import { maskedTraining, type TrainingPlan } from "./models/training.ts";
import { byteDeviation, leakAuc, signedWords } from "./testing/statistics.ts";
import { table } from "./testing/table.ts";
import { runWorld, type WorldRun } from "./testing/world.ts";

const plan: TrainingPlan = {
  seed: "views",
  model: { kind: "logistic", epochs: 2, batchSize: 128, learningRate: 0.5, weightDecay: 1e-3 },
  labels: 1,
  rows: { train: 512, validation: 0, test: 0 },
  width: { media: 4, commerce: 3 },
};
const { inputs } = table(plan, "views");

const train = (zeroMasks: boolean): Promise<WorldRun<unknown>> =>
  runWorld((m, own) => maskedTraining(m, { plan, inputs: own }), inputs, {
    seed: "views",
    zeroMasks,
  });

describe.each(["media", "commerce"] as const)("openings received by %s", (side) => {
  it("are uniform bytes", async () => {
    const { openings } = await train(false);
    expect(Math.abs(byteDeviation(openings[side]))).toBeLessThan(6);
  });

  it("are not without masks (control)", async () => {
    const { openings } = await train(true);
    expect(byteDeviation(openings[side])).toBeGreaterThan(1000);
  });
});

/**
 * Train for an epoch on some labels, and score each row by what media was opened of its error
 * (commerce's masked share: the third opening of a step). Returns the leak AUC of those scores
 * against the true labels.
 */
async function errorLeak(zeroMasks: boolean, trainedOn: Uint8Array): Promise<number> {
  const rowsOfSteps = batches("leak", 0, plan.rows.train, 128);
  const run = await runWorld(
    async (m, own) => {
      const x = m.columns(512, plan.width, LOGISTIC_BITS.features, own);
      const y = m.privateMatrix("commerce", 512, 1, own);
      const state = logistic.start(m, x, 1, "leak");
      for (const rows of rowsOfSteps) {
        await m.step(() =>
          logistic.step(m, state, x, y, rows, { perRow: 0.01, decay: 0, momentum: 0.9 }),
        );
      }
    },
    { ...inputs, labels: trainedOn },
    { seed: "leak", zeroMasks },
  );
  const scores = rowsOfSteps.flatMap((_, step) =>
    signedWords(run.openings.media[3 * step + 2] ?? new Uint8Array()).map((word) => -word),
  );
  const truth = rowsOfSteps.flatMap((rows) => Array.from(rows, (row) => inputs.labels[row] ?? 0));
  return leakAuc(scores, truth);
}

describe("media's view of the errors", () => {
  // The AUC of noise over 512 rows has a standard deviation of about 0.026.
  it.each([
    ["the labels", inputs.labels],
    ["the labels swapped", inputs.labels.map((label) => 1 - label)],
  ])("is the same, trained on %s", async (_, labels) => {
    expect(Math.abs((await errorLeak(false, labels)) - 0.5)).toBeLessThan(0.1);
  });

  it("tells the two worlds apart without masks (control)", async () => {
    expect(await errorLeak(true, inputs.labels)).toBeGreaterThan(0.95);
    expect(
      await errorLeak(
        true,
        inputs.labels.map((label) => 1 - label),
      ),
    ).toBeLessThan(0.05);
  });
});
