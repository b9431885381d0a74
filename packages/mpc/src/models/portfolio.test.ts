import { at } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import { shareOf } from "../machines/share-arithmetic.ts";
import { valuesOf } from "../machines/twin.ts";
import { table } from "../testing/table.ts";
import { runWorld } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import type { PortfolioPlan } from "./model.ts";
import { SINE_BITS } from "./sine.ts";
import { stepCosts } from "./step-costs.ts";
import { maskedTraining, type TrainingPlan } from "./training.ts";

const model: PortfolioPlan = {
  kind: "portfolio",
  hidden: 3,
  heads: [
    { rate: 1, decay: 10, start: 1 },
    { rate: 3, decay: 1, start: 0.5 },
    { rate: 2, decay: 5, start: 1 },
  ],
  epochs: 6,
  batchSize: 64,
  learningRate: 0.1,
  weightDecay: 1e-3,
};
const plan: TrainingPlan = {
  seed: "portfolio test",
  model,
  labels: 2,
  rows: { train: 500, validation: 80, test: 200 },
  width: { media: 5, commerce: 4 },
};
const train = (chosen: TrainingPlan, seed: string) =>
  runWorld(
    (m, own) => maskedTraining(m, { plan: chosen, inputs: own }),
    table(chosen, seed).inputs,
    { seed },
  );

describe("masked portfolio", async () => {
  const run = await train(plan, "twin");

  it("ends near the twin's weights, choice and scores", () => {
    expect(run.commerce.chosen?.weights).toEqual(run.twin.chosen?.weights);
    for (const [name, rows, cols] of [
      ["hidden", 10, 9],
      ["output", 10, 2],
    ] as const) {
      const twin = run.twin.parameters[name] as Shared;
      expect([twin.rows, twin.cols]).toEqual([rows, cols]);
      const media = shareOf(run.media.parameters[name] as Shared).words();
      const commerce = shareOf(run.commerce.parameters[name] as Shared).words();
      valuesOf(twin).forEach((expected, index) => {
        const word = BigInt.asIntN(64, at(media, index) + at(commerce, index));
        expect(Math.abs(Number(word) / 2 ** SINE_BITS.weights - expected)).toBeLessThan(0.01);
      });
    }
    for (const rows of ["validation", "test"] as const) {
      const scores = run.commerce.scores?.[rows] ?? new Float64Array();
      expect(scores.length).toBe(plan.rows[rows] * plan.labels);
      scores.forEach((score, index) => {
        const twin = at(run.twin.scores?.[rows] ?? [], index);
        expect(Math.abs(score - twin)).toBeLessThan(0.05);
      });
    }
  });

  it("tells commerce the heads' logits of validation rows alone, and media nothing", () => {
    const lines = run.disclosures.map(({ what, shape, to }) => `${what} ${shape} to ${to}`);
    expect(lines).toEqual([
      "validation scores of 3 networks 80×6 to commerce",
      "test scores 200×2 to commerce",
    ]);
    expect(run.media.chosen).toBeUndefined();
    expect(run.dealer.chosen).toBeUndefined();
  });

  it("is better than its heads' worst, and about as good as their best", () => {
    const loss = (logits: Float64Array, labels: Uint8Array): number =>
      logits.reduce((sum, logit, index) => {
        const against = at(labels, index) === 1 ? -logit : logit;
        return sum + Math.log1p(Math.exp(against));
      }, 0) / logits.length;
    const { train: trained, validation } = plan.rows;
    const labels = table(plan, "twin").inputs.labels.slice(trained * 2, (trained + validation) * 2);
    const chosen = run.commerce.chosen;
    const heads = [0, 1, 2].map((head) => {
      const own = chosen?.scores.logits.filter((_, index) => Math.floor((index % 6) / 2) === head);
      return loss(own ?? new Float64Array(), labels);
    });
    const together = loss(chosen?.validation ?? new Float64Array(), labels);
    expect(together).toBeLessThan(Math.max(...heads));
    expect(together).toBeLessThan(Math.min(...heads) + 0.01);
  });
});

describe("a portfolio's step", () => {
  it("takes six rounds, and the bytes of a sine network of all units but for sigmoids", async () => {
    const shape = { width: plan.width, labels: 1 };
    const bytes = (rounds: Awaited<ReturnType<typeof stepCosts>>): number =>
      rounds.flat().reduce((sum, { cost }) => sum + cost.dealt, 0);
    const several = await stepCosts(model, shape, 64);
    const one = await stepCosts({ ...model, kind: "sine", hidden: 9 }, shape, 64);
    expect(several).toHaveLength(6);
    // Each head has sines and cosines of eight harmonics for its own logit, and a bias that is
    // truncated three times, at two words each.
    const [sigmoid, bias] = [64 * 2 * 8 * 8, 3 * 2 * 8];
    expect(bytes(several) - bytes(one)).toBe(2 * (sigmoid + bias));
  });
});

describe("a head that ran away", () => {
  it("gets no weight, and the others' scores are as if it were not there", async () => {
    const wild: TrainingPlan = {
      ...plan,
      labels: 1,
      model: {
        ...model,
        heads: [...model.heads.slice(0, 2), { rate: 600, decay: 0, start: 4 }],
      },
    };
    const run = await train(wild, "wild");
    const chosen = run.commerce.chosen;
    expect(chosen && [...chosen.ranAway]).toEqual([0, 0, 1]);
    expect(chosen?.weights[2]).toBe(0);
    run.commerce.scores?.test.forEach((score) => {
      expect(Math.abs(score)).toBeLessThan(16);
    });
  });
});

it("watches the mean of the heads after each epoch", async () => {
  const watched = { ...plan, watchValidation: true, model: { ...model, epochs: 2 } };
  const run = await train(watched, "watched");
  expect(run.commerce.looks).toHaveLength(2);
  expect(run.disclosures[0]).toMatchObject({ shape: "80×2" });
});

it.each([1, 3])("trains in as few steps as %d", async (epochs) => {
  const short = { ...plan, model: { ...model, epochs, batchSize: 500 } };
  const run = await train(short, "short");
  expect(run.commerce.chosen?.weights).toEqual(run.twin.chosen?.weights);
  run.commerce.scores?.test.forEach((score, index) => {
    expect(Math.abs(score - at(run.twin.scores?.test ?? [], index))).toBeLessThan(0.05);
  });
});
