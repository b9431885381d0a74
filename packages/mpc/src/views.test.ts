/**
 * What crosses the wire says nothing: the masks at work, seen from the views of a real training.
 * Every test has the insecure control beside it (all masks zero), on which it must fail.
 */
import { describe, expect, it } from "vitest";
import { LOGISTIC_BITS, logistic } from "./models/logistic.ts";
import type { ModelPlan } from "./models/model.ts";
import { batches } from "./models/schedule.ts";
import { maskedTraining, type TrainingPlan } from "./models/training.ts";
import { SIDES } from "./side.ts";
import { byteDeviation, leakAuc, signedWords } from "./testing/statistics.ts";
import { table } from "./testing/table.ts";
import { runWorld, type WorldRun } from "./testing/world.ts";
import { privateTargets } from "./models/targets.ts";

const plan: TrainingPlan = {
  seed: "views",
  model: { kind: "logistic", epochs: 2, batchSize: 128, learningRate: 0.5, weightDecay: 1e-3 },
  labels: 1,
  rows: { train: 512, validation: 0, test: 0 },
  width: { media: 4, commerce: 3 },
};
const { inputs } = table(plan, "views");

const HEAD = { rate: 1, decay: 1, start: 1 };
const MODELS: readonly ModelPlan[] = [
  plan.model,
  { ...plan.model, kind: "sine", hidden: 4 },
  { ...plan.model, kind: "portfolio", hidden: 2, heads: [HEAD, { ...HEAD, rate: 2 }] },
];

const train = (model: ModelPlan, zeroMasks: boolean): Promise<WorldRun<unknown>> =>
  runWorld((m, own) => maskedTraining(m, { plan: { ...plan, model }, inputs: own }), inputs, {
    seed: "views",
    zeroMasks,
  });

describe.each(MODELS.map((model) => [model.kind, model] as const))(
  "openings of a %s model",
  (_, model) => {
    it("are uniform bytes to both", async () => {
      const { openings } = await train(model, false);
      for (const side of SIDES)
        expect(Math.abs(byteDeviation(openings[side])), side).toBeLessThan(6);
    });

    it("are not without masks (control)", async () => {
      const { openings } = await train(model, true);
      for (const side of SIDES) expect(byteDeviation(openings[side]), side).toBeGreaterThan(1000);
    });
  },
);

/**
 * Bytes over a whole training could hide one opened tensor that is not masked. Each tensor of the
 * sine network's step is looked at alone, over all steps.
 */
describe("every opened tensor of the sine network", () => {
  const received = async (zeroMasks: boolean): Promise<Map<string, Uint8Array[]>> => {
    const tensors = new Map<string, Uint8Array[]>();
    const model = MODELS[1] as ModelPlan;
    await runWorld(
      (m, own) => maskedTraining(m, { plan: { ...plan, model }, inputs: own }),
      inputs,
      {
        seed: "tensors",
        zeroMasks,
        onOpened: (side, { operation, tensor, source, bytes }) => {
          const name = `${side} ${operation}/${tensor} ${source}`;
          tensors.set(name, [...(tensors.get(name) ?? []), bytes]);
        },
      },
    );
    return tensors;
  };

  it("is uniform bytes, and is not without masks (control)", async () => {
    const [masked, bare] = [await received(false), await received(true)];
    expect([...masked.keys()]).toEqual(
      expect.arrayContaining([
        "media sine-forward/angle opened",
        "media sine-forward/omega opened",
        "commerce sine-backward/epsilon opened",
        "commerce transposed-product/operand opened",
      ]),
    );
    for (const [name, parts] of masked) {
      expect(Math.abs(byteDeviation(parts)), name).toBeLessThan(6);
      expect(byteDeviation(bare.get(name) ?? []), name).toBeGreaterThan(20);
    }
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
          logistic.step(m, state, x, privateTargets(y), rows, {
            perRow: 0.01,
            decay: 0,
            momentum: 0.9,
          }),
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
