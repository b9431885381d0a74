import { describe, expect, it } from "vitest";
import type { Engine } from "../engine/engine.ts";
import { usableEngines } from "../engine/usable.fixture.ts";
import { auc } from "@moongate/statistics";
import { columnOf, farthest, labelOf } from "../networks/examples.fixture.ts";
import { evaluate } from "../networks/evaluate.ts";
import { batchGradients } from "../networks/fit.ts";
import { gatherRows } from "../networks/gather.ts";
import type { DenseLayer } from "../networks/layers.ts";
import { networkOptimizer, trainNetwork } from "../networks/network.ts";
import { shuffledBatches } from "../networks/schedule.ts";
import { type SplitPlan, splitRates, type SplitWidth } from "./plan.ts";
import { PLAN, planOf, splitExamples } from "./split.fixture.ts";
import { cutNetwork } from "./start.ts";
import { type SplitNetwork, trainSplitInOneProcess } from "./one-process.ts";

const { engines } = await usableEngines();
const engine = engines[0] as Engine;
const CLOSE = 1e-5;
const WIDTHS: readonly (readonly [string, SplitWidth])[] = [
  ["2 and 4 columns", { media: 2, commerce: 4 }],
  ["none and 6 columns", { media: 0, commerce: 6 }],
  ["6 columns and none", { media: 6, commerce: 0 }],
];

describe.each(["logistic", "sine"] as const)("a split %s network", (kind) => {
  it.each(WIDTHS)("is the joint network, with %s", async (_what, width) => {
    const train = splitExamples("train", 330, width);
    const test = splitExamples("test", 200, width);
    const joint = await trainNetwork({ ...planOf(kind), engine }, train.joint);
    const split = await trainSplitInOneProcess({ engine, plan: planOf(kind), ...train });

    expect(farthest(joint.predict(test.joint.features), logits(split, test))).toBeLessThan(CLOSE);
    const { media, commerce } = cutNetwork(joint.layers, width);
    const [ours, theirs] = [split.media.layers, split.commerce.layers];
    expect(farthest(weightsOf(media.bottom), weightsOf(ours))).toBeLessThan(CLOSE);
    const whole = [...commerce.bottom, ...commerce.top];
    if (width.commerce > 0) {
      expect(farthest(weightsOf(whole), weightsOf(theirs))).toBeLessThan(CLOSE);
    }
    expect(Math.max(...logits(split, test).map(Math.abs))).toBeGreaterThan(0.1);
  });

  it("takes a start and a schedule", async () => {
    const width = { media: 3, commerce: 3 };
    const train = splitExamples("train", 200, width);
    const plan = planOf(kind);
    const start = (await trainNetwork({ ...plan, engine }, train.joint)).layers;
    const schedule = shuffledBatches("public", train.rows, plan.batchSize);
    const joint = await trainNetwork({ ...plan, engine, start, schedule }, train.joint);
    const halves = cutNetwork(start, width);
    const split = await trainSplitInOneProcess({
      ...{ engine, plan, schedule, ...train },
      media: { ...train.media, start: halves.media.bottom },
      commerce: { ...train.commerce, start: [...halves.commerce.bottom, ...halves.commerce.top] },
    });
    const { features } = train.joint;
    expect(farthest(joint.predict(features), logits(split, train))).toBeLessThan(CLOSE);
  });
});

describe("a split ReLU network", () => {
  it("is one network whose first layer is block-diagonal", async () => {
    const width = { media: 2, commerce: 4 };
    const train = splitExamples("train", 330, width);
    const plan = planOf("relu");
    const untrained = await trainSplitInOneProcess({
      engine,
      plan: { ...plan, epochs: 0 },
      ...train,
    });
    const layers = blockNetwork(plan, width, untrained);
    trainBlocks(plan, width, layers, train);
    const split = await trainSplitInOneProcess({ engine, plan, ...train });

    const test = splitExamples("test", 200, width);
    const expected = evaluate(engine, layers, {
      values: test.joint.features,
      rows: test.rows,
      cols: test.joint.cols,
    });
    expect(farthest(expected, logits(split, test))).toBeLessThan(CLOSE);
    expect(farthest(expected, logits(untrained, test))).toBeGreaterThan(0.1);
  });

  it("learns a product of the two parties' features, which neither has alone", async () => {
    const plan = planOf("relu", { hidden: 12, tower: 12, epochs: 30, learningRate: 0.3 });
    const reached = async (width: SplitWidth, cols: readonly number[]): Promise<number> => {
      const [train, test] = [
        splitExamples("many", 3000, width),
        splitExamples("test", 1000, width),
      ];
      const silent = (side: keyof SplitWidth) => ({
        ...train[side],
        features: cols.includes(side === "media" ? 0 : 1)
          ? train[side].features
          : train[side].features.map(() => 0),
      });
      const sides = { media: silent("media"), commerce: silent("commerce") };
      const split = await trainSplitInOneProcess({ engine, plan, ...train, ...sides });
      return auc(columnOf(logits(split, test), PLAN.labels, 0), labelOf(test.joint, 0));
    };
    const width = { media: 1, commerce: 5 };
    expect(await reached(width, [0, 1])).toBeGreaterThan(0.85);
    expect(await reached(width, [1])).toBeLessThan(0.8);
  });

  it.each(WIDTHS)("trains with %s", async (_what, width) => {
    const train = splitExamples("train", 330, width);
    const split = await trainSplitInOneProcess({ engine, plan: planOf("relu"), ...train });
    expect(
      auc(columnOf(logits(split, train), PLAN.labels, 1), labelOf(train.joint, 1)),
    ).toBeGreaterThan(0.8);
  });
});

describe("trainSplitInOneProcess", () => {
  const train = splitExamples("train", 330, { media: 2, commerce: 4 });

  it("is the same bit for bit with the same seeds, and another with another of one party", async () => {
    const run = async (seed?: string) => {
      const media = seed === undefined ? train.media : { ...train.media, seed };
      return logits(
        await trainSplitInOneProcess({ engine, plan: planOf("sine"), ...train, media }),
        train,
      );
    };
    const first = await run();
    expect(await run()).toEqual(first);
    expect(await run(PLAN.seed)).toEqual(first);
    expect(await run("media's own")).not.toEqual(first);
  });

  it("reports every step, and leaves no tensor behind", async () => {
    const before = engine.tf.memory().numTensors;
    const seen: string[] = [];
    const onProgress = (done: number, total: number) => void seen.push(`${done}/${total}`);
    const plan = planOf("relu", { epochs: 1 });
    logits(await trainSplitInOneProcess({ engine, plan, ...train, onProgress }), train);
    expect(seen).toEqual(Array.from({ length: 7 }, (_, step) => `${step + 1}/7`));
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it("refuses a training that diverges, and values that are no rows", async () => {
    const wild = planOf("logistic", { learningRate: 1e300 });
    await expect(trainSplitInOneProcess({ engine, plan: wild, ...train })).rejects.toMatchObject({
      code: "SATURATION",
    });
    const targets = train.targets.subarray(1);
    await expect(
      trainSplitInOneProcess({ engine, plan: planOf("sine"), ...train, targets }),
    ).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  });
});

describe("splitRates", () => {
  it("falls from the plan's rate along half a cosine, and divides by the batch size", () => {
    const rateOf = splitRates(planOf("sine", { epochs: 2, learningRate: 0.5 }), 330);
    expect(rateOf(0)).toEqual({ rate: 0.5, perRow: 1 / 50 });
    expect(rateOf(7).rate).toBeCloseTo(0.255, 12); // of 14 steps
    expect(rateOf(14).rate).toBeCloseTo(0.01, 12);
  });
});

type Rows = ReturnType<typeof splitExamples>;

function logits(split: SplitNetwork, { media, commerce, rows }: Rows): Float64Array {
  return split.predict(media.features, commerce.features, rows);
}

function weightsOf(layers: readonly DenseLayer[]): number[] {
  return layers.flatMap(({ weights }) => [...weights]);
}

/** The halves as the layers of one network on the columns of both. */
function blockNetwork(plan: SplitPlan, width: SplitWidth, split: SplitNetwork): DenseLayer[] {
  const [ours, oursUp] = split.media.layers as [DenseLayer, DenseLayer];
  const [theirs, theirsUp, top] = split.commerce.layers as [DenseLayer, DenseLayer, DenseLayer];
  const [cols, units] = [width.media + width.commerce, 2 * plan.tower];
  const first = new Float64Array((cols + 1) * units);
  for (let row = 0; row <= cols; row++) {
    for (let unit = 0; unit < units; unit++) {
      const [layer, at] = unit < plan.tower ? [ours, row] : [theirs, row - width.media];
      const own = row === cols ? layer.inputs : at;
      if (row < cols && !isOwn(plan, width, row, unit)) continue;
      first[row * units + unit] = layer.weights[own * plan.tower + (unit % plan.tower)] ?? NaN;
    }
  }
  const cut = plan.hidden;
  const second = Float64Array.from([
    ...oursUp.weights.subarray(0, plan.tower * cut),
    ...theirsUp.weights,
  ]);
  return [
    { inputs: cols, outputs: units, activation: "relu", weights: first },
    { inputs: units, outputs: cut, activation: "relu", weights: second },
    { ...top, weights: top.weights.slice() },
  ];
}

function isOwn({ tower }: SplitPlan, { media }: SplitWidth, row: number, unit: number): boolean {
  return row < media === unit < tower;
}

/** Trains like `trainNetwork`, but that the parties' columns stay out of each other's units. */
function trainBlocks(plan: SplitPlan, width: SplitWidth, layers: DenseLayer[], train: Rows): void {
  const { rows, joint } = train;
  const optimizer = networkOptimizer(plan, layers);
  const rateOf = splitRates(plan, rows);
  const schedule = shuffledBatches(plan.seed, rows, plan.batchSize);
  let step = 0;
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    for (const chosen of schedule(epoch)) {
      const batch = {
        rows: chosen.length,
        inputs: gatherRows({ values: joint.features, rows, cols: joint.cols }, chosen),
        targets: gatherRows({ values: joint.labels, rows, cols: plan.labels }, chosen),
      };
      const gradients = batchGradients(engine, layers, batch, "logistic");
      const units = 2 * plan.tower;
      gradients[0]?.forEach((_, at, all) => {
        const [row, unit] = [Math.floor(at / units), at % units];
        if (row < joint.cols && !isOwn(plan, width, row, unit)) all[at] = 0;
      });
      optimizer(gradients, rateOf(step));
      step += 1;
    }
  }
}
