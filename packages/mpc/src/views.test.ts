/**
 * What crosses the wire says nothing: the masks at work, seen from the views of a real training.
 * Every test has the insecure control beside it (all masks zero), on which it must fail.
 */
import { describe, expect, it } from "vitest";
import { LOGISTIC_BITS, logisticStep, startLogistic } from "./models/logistic.ts";
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

/** Train for one epoch; media's third opening of each step is commerce's masked share of the error. */
async function errorLeak(zeroMasks: boolean, labels: Uint8Array): Promise<number> {
  const rowsOfSteps = batches("leak", 0, plan.rows.train, 128);
  const run = await runWorld(
    async (m, own) => {
      const x = m.columns(512, plan.width, LOGISTIC_BITS.features, own);
      const y = m.privateMatrix("commerce", 512, 1, own);
      const state = startLogistic(m, x, 1);
      for (const rows of rowsOfSteps) {
        await m.step(() => logisticStep(m, state, x, y, rows, { perRow: 0.01, decay: 0 }));
      }
    },
    { ...inputs, labels },
    { seed: "leak", zeroMasks },
  );
  const scores = rowsOfSteps.flatMap((_, step) =>
    signedWords(run.openings.media[3 * step + 2] ?? new Uint8Array()).map((word) => -word),
  );
  const truth = rowsOfSteps.flatMap((rows) => Array.from(rows, (row) => labels[row] ?? 0));
  return leakAuc(scores, truth);
}

describe("media's view of the errors", () => {
  const swapped = inputs.labels.map((label) => 1 - label);
  // The AUC of noise over 512 rows has a standard deviation of about 0.026.
  it.each([
    ["the labels", inputs.labels],
    ["the labels swapped", swapped],
  ])("says nothing about %s", async (_, labels) => {
    expect(Math.abs((await errorLeak(false, labels)) - 0.5)).toBeLessThan(0.1);
  });

  it("tells the labels without masks (control)", async () => {
    expect(await errorLeak(true, inputs.labels)).toBeGreaterThan(0.95);
  });

  it("has the same distribution when the labels are swapped, but not without masks (control)", async () => {
    // The masked words of the two worlds, drawn with different masks, differ like uniform noise.
    const difference = async (zeroMasks: boolean): Promise<number> => {
      const view = async (labels: Uint8Array, seed: string): Promise<bigint[]> => {
        const run = await runWorld(
          (m, own) => maskedTraining(m, { plan, inputs: own }),
          { ...inputs, labels },
          { seed, zeroMasks },
        );
        // Frames of the error openings alone: every third after the data mask's one frame.
        return run.openings.media
          .slice(1)
          .filter((_, index) => index % 3 === 2)
          .flatMap(signedWords);
      };
      const [one, other] = [await view(inputs.labels, "world 1"), await view(swapped, "world 2")];
      const positives = one.map(() => 1);
      return Math.abs(leakAuc([...one, ...other], [...positives, ...other.map(() => 0)]) - 0.5);
    };
    expect(await difference(false)).toBeLessThan(0.06);
    expect(await difference(true)).toBeGreaterThan(0.06);
  });
});
