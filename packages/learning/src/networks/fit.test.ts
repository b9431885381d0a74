import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { centralDifference } from "../engine/proof.ts";
import { usableEngines } from "../engine/usable.fixture.ts";
import { farthest } from "./examples.fixture.ts";
import { type Batch, batchGradients, type Loss } from "./fit.ts";
import { type Activation, type DenseLayer, forTanh, startLayers } from "./layers.ts";
import { meanLoss } from "./loss.ts";
import { plainForward } from "./plain.ts";
import { normals, uniforms } from "./seeded.ts";

const { engines } = await usableEngines();

/** Any small network, a batch for it, and the loss its targets suit. */
const cases = fc
  .record({
    rows: fc.integer({ min: 1, max: 40 }),
    inputs: fc.integer({ min: 1, max: 9 }),
    hidden: fc.array(
      fc.record({
        outputs: fc.integer({ min: 1, max: 20 }),
        activation: fc.constantFrom<Activation>("linear", "relu", "sine", "tanh"),
      }),
      { maxLength: 2 },
    ),
    outputs: fc.integer({ min: 1, max: 3 }),
    loss: fc.constantFrom<Loss>("logistic", "squared", { logistic: 1, weight: 0.3 }),
    seed: fc.string(),
  })
  .map(({ rows, inputs, hidden, outputs, loss, seed }) => {
    const plans = [...hidden, { outputs, activation: "linear" as const }];
    const layers = startLayers(
      inputs,
      plans.map((plan) => ({ ...plan, spread: forTanh, randomBias: true })),
      seed,
    );
    const next = uniforms(`${seed} targets`);
    const batch: Batch = {
      rows,
      inputs: Float32Array.from(normals(`${seed} inputs`, rows * inputs)),
      targets: Float32Array.from({ length: rows * outputs }, () => Math.round(next())),
    };
    return { layers, batch, loss };
  });

describe.each(engines)("gradients on $name", (engine) => {
  it("agree with central differences, whatever the layers", () => {
    fc.assert(
      fc.property(cases, ({ layers, batch, loss }) => {
        const gradients = batchGradients(engine, layers, batch, loss);
        const wrong = layers.flatMap(({ weights }, index) =>
          sampled(weights.length).filter((at) => {
            const difference = centralDifference(weights, at, () => lossOf(layers, batch, loss));
            const claimed = gradients[index]?.[at] ?? NaN;
            return !(Math.abs(claimed - difference) <= 2e-4 * (batch.rows + Math.abs(difference)));
          }),
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });

  it("leave no tensor behind", () => {
    const before = engine.tf.memory().numTensors;
    fc.assert(
      fc.property(cases, ({ layers, batch, loss }) => {
        batchGradients(engine, layers, batch, loss);
        expect(engine.tf.memory().numTensors).toBe(before);
      }),
      { numRuns: 5 },
    );
  });
});

describe("engines", () => {
  it("agree on gradients to 1e-4", () => {
    fc.assert(
      fc.property(cases, ({ layers, batch, loss }) => {
        const [first = [], ...others] = engines.map((engine) =>
          batchGradients(engine, layers, batch, loss).flatMap((gradient) => [...gradient]),
        );
        for (const other of others) expect(farthest(first, other)).toBeLessThan(1e-4);
      }),
      { numRuns: 25 },
    );
  });
});

/** At most a dozen places of a long array. */
function sampled(length: number): number[] {
  const stride = Math.max(1, Math.floor(length / 12));
  return Array.from({ length: Math.ceil(length / stride) }, (_, index) => index * stride);
}

function lossOf(layers: readonly DenseLayer[], { rows, inputs, targets }: Batch, loss: Loss) {
  const outputs = Float64Array.from(plainForward(layers, inputs, rows));
  return targets.length * meanLoss(outputs, targets, loss, outputs.length / rows);
}
