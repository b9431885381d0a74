import { describe, expect, it } from "vitest";
import { shareOf } from "../machines/share-arithmetic.ts";
import { valuesOf } from "../machines/twin.ts";
import { table } from "../testing/table.ts";
import { runWorld } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import { LOGISTIC_BITS, logistic } from "./logistic.ts";
import { maskedTraining, type TrainingOutcome, type TrainingPlan } from "./training.ts";
import { privateTargets } from "./targets.ts";

const plan: TrainingPlan = {
  seed: "logistic test",
  model: { kind: "logistic", epochs: 3, batchSize: 64, learningRate: 0.5, weightDecay: 1e-3 },
  labels: 2,
  rows: { train: 500, validation: 40, test: 200 },
  width: { media: 5, commerce: 4 },
};

const weightsOf = ({ parameters }: TrainingOutcome): Shared => parameters.weights as Shared;

describe("masked logistic regression", () => {
  it("ends with the twin's weights and scores", async () => {
    const { inputs } = table(plan, "twin");
    const run = await runWorld((m, own) => maskedTraining(m, { plan, inputs: own }), inputs);
    const media = shareOf(weightsOf(run.media)).words();
    const commerce = shareOf(weightsOf(run.commerce)).words();
    valuesOf(weightsOf(run.twin)).forEach((expected, index) => {
      const word = BigInt.asIntN(64, (media[index] ?? 0n) + (commerce[index] ?? 0n));
      // Stated precision: features are rounded to 2^-13 and the dealt sines to 2^-11 each step.
      expect(Math.abs(Number(word) / 2 ** LOGISTIC_BITS.weights - expected)).toBeLessThan(4e-3);
      expect(Math.abs(expected)).toBeGreaterThan(0);
    });
    const scores = run.commerce.scores?.test ?? new Float64Array();
    expect(scores.length).toBe(plan.rows.test * plan.labels);
    scores.forEach((score, index) => {
      expect(Math.abs(score - (run.twin.scores?.test[index] ?? Number.NaN))).toBeLessThan(0.02);
    });
    expect(run.media.scores).toBeUndefined();
    expect(run.dealer.scores).toBeUndefined();
    expect(new Set(run.disclosures.map((line) => line.what))).toEqual(
      new Set(["validation scores", "test scores"]),
    );
  });

  it("takes three rounds and the declared bytes a step", async () => {
    const { inputs } = table(plan, "cost");
    const rows = Uint32Array.from({ length: 64 }, (_, index) => index);
    const run = await runWorld(async (m, own) => {
      const x = m.columns(740, plan.width, LOGISTIC_BITS.features, own);
      const y = m.privateMatrix("commerce", 740, plan.labels, own);
      const state = logistic.start(m, x, plan.labels, plan.seed);
      await m.step(() =>
        logistic.step(m, state, x, privateTargets(y), rows, {
          perRow: 0.01,
          decay: 1e-4,
          momentum: 0.9,
        }),
      );
    }, inputs);
    const [n, k, d] = [64, plan.labels, 9];
    expect(run.pair.media.rounds).toBe(3);
    const shared = 4 * n * k + 2 * 8 * d * k + 8 * n * k;
    expect(run.pair.media.sent.opening?.bytes).toBe(8 * plan.width.commerce * k + shared);
    expect(run.pair.commerce.sent.opening?.bytes).toBe(8 * plan.width.media * k + shared);
    expect(run.dealt.received.deal?.bytes).toBe(8 * n * k * (1 + 16) + 2 * 16 * d * k + 8 * d * k);
  });

  it("is reproducible to the precision of its rounding, whatever the masks", async () => {
    const { inputs } = table(plan, "masks");
    const program = (seed: string): Promise<Float64Array> =>
      runWorld((m, own) => maskedTraining(m, { plan, inputs: own }), inputs, {
        seed,
        secrets: "same",
      }).then((run) => run.commerce.scores?.test ?? new Float64Array());
    const [first, second] = [await program("one"), await program("two")];
    first.forEach((score, index) => {
      expect(Math.abs(score - (second[index] ?? Number.NaN))).toBeLessThan(0.02);
    });
  });
});
