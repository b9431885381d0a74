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

/** That of `centralDifference`. */
const STEP = 1e-5;
/** The tolerated error of a gradient, by its rows and its size. */
const TOLERANCE = 2e-4;

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
        const value = (): number => lossOf(layers, batch, loss);
        const places = layers.flatMap(({ weights }, index) =>
          sampled(weights.length).map((at) => ({ weights, at, claimed: gradients[index]?.[at] })),
        );
        const smooth = places.filter(({ weights, at }) => !bends(weights, at, value, batch.rows));
        const wrong = smooth.filter(({ weights, at, claimed = NaN }) => {
          const difference = centralDifference(weights, at, value);
          return !(
            Math.abs(claimed - difference) <=
            TOLERANCE * (batch.rows + Math.abs(difference))
          );
        });
        expect(wrong).toEqual([]);
        // A kink of one unit in one row is one for each of the unit's weights, and for those below.
        expect(smooth.length).toBeGreaterThan(places.length / 2);
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

/**
 * True if the loss has a kink of a ReLU within a step of the weight: its slopes to both sides
 * differ, and there is no derivative to compare with.
 */
function bends(
  weights: DenseLayer["weights"],
  at: number,
  loss: () => number,
  rows: number,
): boolean {
  const weight = weights[at] ?? 0;
  const lossAt = (value: number): number => {
    weights[at] = value;
    return loss();
  };
  const [down, here, up] = [lossAt(weight - STEP), lossAt(weight), lossAt(weight + STEP)];
  weights[at] = weight;
  const slope = Math.abs(up - down) / (2 * STEP);
  return Math.abs(up - 2 * here + down) / STEP > TOLERANCE * (rows + slope);
}

/** A dozen places of a long array, or all of a short one. */
function sampled(length: number): number[] {
  const stride = Math.max(1, Math.floor(length / 12));
  return Array.from({ length: Math.ceil(length / stride) }, (_, index) => index * stride);
}

function lossOf(layers: readonly DenseLayer[], { rows, inputs, targets }: Batch, loss: Loss) {
  const outputs = Float64Array.from(plainForward(layers, inputs, rows));
  return targets.length * meanLoss(outputs, targets, loss, outputs.length / rows);
}
