import { describe, expect, it } from "vitest";
import type { Engine } from "../engine/engine.ts";
import { usableEngines } from "../engine/usable.fixture.ts";
import { auc } from "@moongate/statistics";
import { exampleRows, farthest, labelOf } from "../networks/examples.fixture.ts";
import type { Examples } from "../networks/network.ts";
import { trainNetwork } from "../networks/network.ts";
import { normals } from "../networks/seeded.ts";
import { EMBEDDING_BOUND } from "./standardisation.ts";
import type { Tower } from "./tower.ts";
import { type EpochReport, TOWER_DEFAULTS, type TowerPlan, trainTower } from "./train.ts";

const { engines } = await usableEngines();
const engine = engines[0] as Engine;
const plan: TowerPlan = {
  ...TOWER_DEFAULTS,
  hidden: [16],
  width: 4,
  epochs: 30,
  batchSize: 64,
  labelWeight: Infinity,
  seed: "3",
};

const labelled = {
  train: exampleRows("train", 1500, 8, 1),
  validation: exampleRows("valid", 400, 8, 1),
};
const unlabelled = { train: factorRows("train", 1500), validation: factorRows("valid", 400) };

describe.each([
  ["own labels", labelled, Infinity, "labels"],
  ["no label of its own", unlabelled, Infinity, "reconstruction"],
  ["own labels beside the reconstruction", labelled, 0.2, "both"],
] as const)("a tower with %s", (_what, rows, labelWeight, objective) => {
  const short: TowerPlan = { ...plan, epochs: 2, labelWeight };

  it("is the same bit for bit with the same seed", async () => {
    const [a, b, c] = await Promise.all(
      ["3", "3", "4"].map((seed) => trainTower({ engine, plan: { ...short, seed }, ...rows })),
    );
    expect(a?.state.objective).toBe(objective);
    expect(a?.state).toEqual(b?.state);
    expect(a?.state.encoder).not.toEqual(c?.state.encoder);
  });

  it("embeds alike on every engine, to 1e-4", async () => {
    const { features } = rows.validation;
    const embeddings = await Promise.all(
      engines.map(async (each) =>
        (await trainTower({ engine: each, plan: { ...short, epochs: 1 }, ...rows })).embed(
          features,
        ),
      ),
    );
    for (const other of embeddings) {
      expect(farthest(embeddings[0] ?? [], other)).toBeLessThan(1e-4);
    }
  });

  it("gives embeddings of mean 0 and deviation 1 on training rows, bounded on all", async () => {
    const tower = await trainTower({ engine, plan: short, ...rows });
    const { mean, deviation } = moments(tower.embed(rows.train.features), tower.width);
    for (const one of mean) expect(one).toBeCloseTo(0, 1);
    for (const one of deviation) expect(one).toBeCloseTo(1, 1);
    const wild = tower.embed(normals("wild", 8 * 100).map((value) => value * 1e6));
    expect(Math.max(...wild.map(Math.abs))).toBeLessThanOrEqual(EMBEDDING_BOUND);
  });

  it("leaves no tensor behind", async () => {
    const before = engine.tf.memory().numTensors;
    (await trainTower({ engine, plan: short, ...rows })).embed(rows.validation.features);
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});

describe("trainTower", () => {
  it("makes a product of features linear", async () => {
    const test = exampleRows("test", 1500, 8, 1);
    const tower = await trainTower({ engine, plan, ...labelled });
    const raw = await logisticAuc(labelled.train, test);
    const embedded = await logisticAuc(embed(tower, labelled.train), embed(tower, test));
    expect(embedded).toBeGreaterThan(raw + 0.05);
  });

  it("brings hidden factors into the embedding, without labels", async () => {
    const reports: EpochReport[] = [];
    const onEpoch = (report: EpochReport): void => void reports.push(report);
    await trainTower({ engine, plan: { ...plan, corruption: 0 }, ...unlabelled, onEpoch });
    // Features have variance 1, of which 2% is noise that no embedding could carry.
    const losses = reports.map(({ validationLoss }) => validationLoss);
    expect(losses[0]).toBeGreaterThan(0.1);
    expect(Math.min(...losses)).toBeLessThan(0.1);
  });

  it("stops when validation rows stop getting better, and keeps the best epoch", async () => {
    const small = exampleRows("few", 60, 8, 1);
    const reports: EpochReport[] = [];
    const onEpoch = (report: EpochReport): void => void reports.push(report);
    const eager = { ...plan, epochs: 200, learningRate: 0.02, patience: 3, batchSize: 20 };
    const rows = { train: small, validation: labelled.validation };
    const { state } = await trainTower({ engine, plan: eager, ...rows, onEpoch });
    const losses = reports.map(({ validationLoss }) => validationLoss);
    const bestEpoch = losses.indexOf(Math.min(...losses)) + 1;
    expect(reports.length).toBeLessThan(200);
    expect(state.training).toEqual({
      epochs: bestEpoch + 3,
      bestEpoch,
      validationLoss: losses[bestEpoch - 1],
    });
  });

  it("reports every step", async () => {
    let last = "";
    const onProgress = (done: number, total: number): void => void (last = `${done}/${total}`);
    await trainTower({ engine, plan: { ...plan, epochs: 2 }, ...labelled, onProgress });
    expect(last).toBe("48/48");
  });

  it("refuses rows of different shapes, or none", async () => {
    const { train } = labelled;
    const none = { ...train, rows: 0, features: new Float64Array(), labels: new Uint8Array() };
    for (const validation of [unlabelled.validation, none, { ...train, cols: 9 }]) {
      await expect(trainTower({ engine, plan, train, validation })).rejects.toMatchObject({
        code: "SHAPE_MISMATCH",
      });
    }
  });

  it("refuses to go on from a loss that is not finite", async () => {
    const steep = { ...plan, epochs: 2, learningRate: 1e300 };
    await expect(trainTower({ engine, plan: steep, ...labelled })).rejects.toMatchObject({
      code: "SATURATION",
    });
    let heard = 0;
    const onRunaway = (): void => void (heard += 1);
    const { state } = await trainTower({ engine, plan: steep, ...labelled, onRunaway });
    expect(heard).toBe(1);
    expect(state.training.bestEpoch).toBe(0);
    expect(state.encoder.every(({ weights }) => weights.every(Number.isFinite))).toBe(true);
  });
});

/** Eight features of unit variance made of three hidden factors and a little noise. */
function factorRows(seed: string, rows: number): Examples {
  const mixing = normals("mixing", 3 * 8);
  const factors = normals(`${seed} factors`, rows * 3);
  const noise = normals(`${seed} noise`, rows * 8);
  const features = noise.map((value, index) => {
    const [row, col] = [Math.floor(index / 8), index % 8];
    let [sum, square] = [0, 0];
    for (let factor = 0; factor < 3; factor++) {
      const weight = mixing[factor * 8 + col] ?? 0;
      sum += weight * (factors[row * 3 + factor] ?? 0);
      square += weight ** 2;
    }
    return (Math.sqrt(0.98) * sum) / Math.sqrt(square) + Math.sqrt(0.02) * value;
  });
  return { features, rows, cols: 8, labels: new Uint8Array(), labelCount: 0 };
}

function embed(tower: Tower, examples: Examples): Examples {
  return { ...examples, features: tower.embed(examples.features), cols: tower.width };
}

async function logisticAuc(train: Examples, test: Examples): Promise<number> {
  const options = { kind: "logistic", hidden: 0, batchSize: 100, seed: "1" } as const;
  const rates = { epochs: 10, learningRate: 0.1, weightDecay: 0 };
  const network = await trainNetwork({ ...options, ...rates, engine }, train);
  return auc(network.predict(test.features), labelOf(test, 0));
}

function moments(values: Float64Array, width: number) {
  const rows = values.length / width;
  const columns = Array.from({ length: width }, (_, col) =>
    values.filter((_value, index) => index % width === col),
  );
  const mean = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / rows);
  const deviation = columns.map((column, col) =>
    Math.sqrt(column.reduce((sum, value) => sum + (value - (mean[col] ?? 0)) ** 2, 0) / rows),
  );
  return { mean, deviation };
}
