import { describe, expect, it } from "vitest";
import { exampleRows, farthest } from "../networks/examples.fixture.ts";
import { type NetworkKind, trainNetwork } from "../networks/network.ts";
import { planOf, splitExamples } from "../split/split.fixture.ts";
import { trainSplitInOneProcess } from "../split/one-process.ts";
import { trainTower } from "../towers/train.ts";
import type { Engine, EngineName } from "./engine.ts";
import { usableEngines } from "./usable.fixture.ts";

const { engines, unusable } = await usableEngines();
const engineNamed = (name: EngineName): Engine =>
  engines.find((each) => each.name === name) as Engine;

const KINDS = ["logistic", "relu", "sine"] as const satisfies readonly NetworkKind[];
const train = splitExamples("train", 1000, { media: 4, commerce: 6 });
const other = splitExamples("other", 500, { media: 4, commerce: 6 });
const longer = { epochs: 8, hidden: 16, tower: 16, learningRate: 0.2 } as const;

/** What is trained, and what it says of rows it has not seen. */
const trainings: Readonly<Record<string, (engine: Engine) => Promise<Float64Array>>> = {
  ...Object.fromEntries(
    KINDS.map((kind) => [
      `a ${kind} network`,
      async (engine: Engine) => {
        const network = await trainNetwork({ ...planOf(kind, longer), engine }, train.joint);
        return network.predict(other.joint.features);
      },
    ]),
  ),
  ...Object.fromEntries(
    KINDS.map((kind) => [
      `a split ${kind} network`,
      async (engine: Engine) => {
        const split = await trainSplitInOneProcess({
          engine,
          plan: planOf(kind, longer),
          ...train,
        });
        return split.predict(other.media.features, other.commerce.features, other.rows);
      },
    ]),
  ),
  ...Object.fromEntries(
    [1, 0].map((labelCount) => [
      labelCount === 1 ? "a tower" : "an autoencoder",
      async (engine: Engine) => {
        const rows = exampleRows("tower", 600, 8, 1);
        const own = {
          ...rows,
          labelCount,
          labels: rows.labels.subarray(0, labelCount * rows.rows),
        };
        const shape = { hidden: [16], width: 4, epochs: 2, batchSize: 64, learningRate: 2e-3 };
        const rest = { weightDecay: 1e-3, patience: 2, corruption: 0.2, seed: "5" };
        const plan = { ...shape, ...rest };
        return (await trainTower({ engine, plan, train: own, validation: own })).embed(
          rows.features,
        );
      },
    ]),
  ),
};

/** Logits or embeddings of the CPU engine, which every other is compared with. */
const expected = new Map<string, Float64Array>();
for (const [what, run] of Object.entries(trainings)) {
  expected.set(what, await run(engineNamed("cpu")));
}

describe.each(["wasm", "native"] as const)("the %s engine", (name) => {
  const reason = unusable[name];
  for (const [what, run] of Object.entries(trainings)) {
    it.skipIf(reason !== undefined)(
      `trains ${what} as the CPU engine does, to 1e-4${reason === undefined ? "" : `: ${reason}`}`,
      async () => {
        const found = await run(engineNamed(name));
        expect(farthest(expected.get(what) ?? [], found)).toBeLessThan(1e-4);
        expect(Math.max(...found.map(Math.abs))).toBeGreaterThan(0.5);
      },
    );
  }
});
