import { describe, expect, it } from "vitest";
import { usableEngines } from "../engine/usable.fixture.ts";
import type { Engine } from "../engine/engine.ts";
import { auc } from "@moongate/statistics";
import { columnOf, exampleRows, farthest, labelOf } from "./examples.fixture.ts";
import type { DenseLayer } from "./layers.ts";
import { type NetworkKind, type NetworkOptions, trainNetwork } from "./network.ts";
import { cosineDecay, shuffledBatches } from "./schedule.ts";

const { engines } = await usableEngines();
const engine = engines[0] as Engine;
const KINDS: readonly NetworkKind[] = ["logistic", "relu", "sine"];

const plan = {
  hidden: 8,
  epochs: 2,
  batchSize: 50,
  learningRate: 0.1,
  weightDecay: 1e-3,
  seed: "7",
} as const;
const train = exampleRows("train", 330);
const test = exampleRows("test", 1000);

describe.each(KINDS)("a %s network", (kind) => {
  it("gives the same logits on every engine, to 1e-4", async () => {
    const logits = await Promise.all(
      engines.map(async (each) => {
        const network = await trainNetwork({ ...plan, kind, engine: each }, train);
        return network.predict(test.features);
      }),
    );
    for (const other of logits) expect(farthest(logits[0] ?? [], other)).toBeLessThan(1e-4);
  });

  it("learns from gradients that are a step late, and not the same", async () => {
    const run = async (late: number): Promise<Float64Array> => {
      const network = await trainNetwork({ ...plan, epochs: 8, kind, engine, late }, train);
      return network.predict(test.features);
    };
    const [prompt, late] = [await run(0), await run(1)];
    expect(farthest(prompt, late)).toBeGreaterThan(1e-3);
    for (const scores of [prompt, late]) {
      expect(auc(columnOf(scores, 2, 1), labelOf(test, 1))).toBeGreaterThan(0.9);
    }
  });

  it("is the same bit for bit with the same seed, and another with another", async () => {
    const run = async (seed: string): Promise<Float64Array> => {
      const network = await trainNetwork({ ...plan, kind, engine, seed }, train);
      return network.predict(test.features);
    };
    const first = await run("7");
    expect(await run("7")).toEqual(first);
    expect(await run("8")).not.toEqual(first);
  });

  it("leaves no tensor behind", async () => {
    const before = engine.tf.memory().numTensors;
    const network = await trainNetwork({ ...plan, kind, engine }, train);
    network.predict(test.features);
    expect(engine.tf.memory().numTensors).toBe(before);
  });

  it("takes the steps of the update rule", async () => {
    const start = (await trainNetwork({ ...plan, kind, engine }, train)).layers;
    const whole = Uint32Array.from({ length: train.rows }, (_, row) => row);
    const descend = async (epochs: number, extra: Partial<NetworkOptions>) => {
      const options = { ...plan, kind, engine, start, epochs, schedule: () => [whole] };
      return (await trainNetwork({ ...options, ...extra }, train)).layers;
    };
    // With no momentum the decay is the only difference between these two.
    const without = await descend(1, { weightDecay: 0, momentum: 0 });
    const withDecay = await descend(1, { weightDecay: 0.5, momentum: 0 });
    const shrunk = start.map(({ weights }) => weights.map((weight) => weight * 0.1 * 0.5));
    expect(farthest(values(without), values(withDecay, shrunk))).toBeLessThan(1e-6);
  });
});

describe("trainNetwork", () => {
  const lengthy = { ...plan, engine, hidden: 16, epochs: 30, weightDecay: 0, learningRate: 0.3 };
  const many = exampleRows("many", 3000);
  const aucOf = async (kind: NetworkKind, label: number): Promise<number> => {
    const network = await trainNetwork({ ...lengthy, kind }, many);
    return auc(columnOf(network.predict(test.features), 2, label), labelOf(test, label));
  };

  it("learns a linear label with every kind", async () => {
    for (const kind of KINDS) expect(await aucOf(kind, 1)).toBeGreaterThan(0.95);
  });

  it("learns a product of features with hidden units only", async () => {
    expect(await aucOf("logistic", 0)).toBeLessThan(0.82);
    expect(await aucOf("sine", 0)).toBeGreaterThan(0.88);
    expect(await aucOf("relu", 0)).toBeGreaterThan(0.88);
  });

  it("reports every step", async () => {
    const seen: string[] = [];
    const onProgress = (done: number, total: number): void => {
      seen.push(`${done}/${total}`);
    };
    await trainNetwork({ ...plan, kind: "sine", engine, batchSize: 128, onProgress }, train);
    expect(seen).toEqual(["1/6", "2/6", "3/6", "4/6", "5/6", "6/6"]);
  });

  it("follows a given schedule", async () => {
    const schedule = shuffledBatches("other", train.rows, plan.batchSize);
    const options = { ...plan, kind: "logistic", engine } as const;
    const given = await trainNetwork({ ...options, schedule }, train);
    const seeded = await trainNetwork({ ...options, seed: "other" }, train);
    expect(given.layers).toEqual(seeded.layers);
  });

  it("does not change the start it is given", async () => {
    const { layers } = await trainNetwork({ ...plan, kind: "sine", engine }, train);
    const copy = layers.map(({ weights }) => weights.slice());
    await trainNetwork({ ...plan, kind: "sine", engine, start: layers }, train);
    expect(layers.map(({ weights }) => weights)).toEqual(copy);
  });

  it("lets the process run meanwhile", async () => {
    let ticks = 0;
    const timer = setInterval(() => (ticks += 1), 1);
    await trainNetwork({ ...lengthy, kind: "relu" }, many);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(0);
  });

  it.each([
    ["features", { ...train, cols: 5 }],
    ["labels", { ...train, labelCount: 3 }],
  ])("refuses %s of another shape", async (_what, data) => {
    await expect(trainNetwork({ ...plan, kind: "sine", engine }, data)).rejects.toMatchObject({
      code: "SHAPE_MISMATCH",
    });
  });

  it("refuses features that are not finite, and a training that diverges", async () => {
    const options = { ...plan, kind: "relu", engine } as const;
    const features = train.features.slice();
    features[6 * 4 + 2] = NaN;
    await expect(trainNetwork(options, { ...train, features })).rejects.toThrow(
      "feature 3 is not finite in row 5",
    );
    await expect(trainNetwork({ ...options, learningRate: 1e300 }, train)).rejects.toMatchObject({
      code: "SATURATION",
    });
  });

  it("refuses a start of another network, and rows of another width", async () => {
    const network = await trainNetwork({ ...plan, kind: "relu", engine }, train);
    const narrow = exampleRows("narrow", 100, 5);
    await expect(
      trainNetwork({ ...plan, kind: "relu", engine, start: network.layers }, narrow),
    ).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
    expect(() => network.predict(new Float64Array(7))).toThrow("are no rows of 6 features");
  });
});

describe("the schedule", () => {
  it("takes every row once an epoch, in another order each", () => {
    const epochs = [0, 1].map((epoch) => [...shuffledBatches("s", 103, 10)(epoch)]);
    const [first = [], second = []] = epochs.map((cut) => cut.flatMap((rows) => [...rows]));
    expect(epochs[0]?.map(({ length }) => length)).toEqual([...Array<number>(10).fill(10), 3]);
    expect(first.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 103 }, (_, row) => row));
    expect(second).not.toEqual(first);
  });

  it("decays the rate from 1 to 2%", () => {
    expect([0, 0.5, 1].map(cosineDecay)).toEqual([1, expect.closeTo(0.51), expect.closeTo(0.02)]);
  });
});

function values(layers: readonly DenseLayer[], added: readonly Float64Array[] = []): number[] {
  return layers.flatMap(({ weights }, index) =>
    Array.from(weights, (weight, at) => weight + (added[index]?.[at] ?? 0)),
  );
}
