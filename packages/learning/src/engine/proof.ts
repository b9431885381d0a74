import { at } from "@moongate/errors";
import { batchGradients } from "../networks/fit.ts";
import { type DenseLayer, forTanh, startLayers } from "../networks/layers.ts";
import { plainForward } from "../networks/plain.ts";
import type { Computer } from "./scope.ts";

const [ROWS, INPUTS] = [5, 3] as const;
const STEP = 1e-5;
/** Single precision is within 1e-6; a missing or wrong gradient is off by its own size. */
const TOLERANCE = 1e-4;

/**
 * Makes an engine differentiate a dense network with every activation, and compares with central
 * differences of the same loss in double precision: an engine that loads may still lack a kernel,
 * or be wrong.
 *
 * @throws Error naming the largest difference, or what the engine threw.
 */
export function proveGradients(engine: Computer): void {
  const layers = startLayers(
    INPUTS,
    [
      { outputs: 4, activation: "sine", spread: forTanh, randomBias: true },
      { outputs: 4, activation: "tanh", spread: forTanh, randomBias: true },
      { outputs: 6, activation: "relu", spread: forTanh, randomBias: true },
      { outputs: 2, activation: "linear", spread: forTanh, randomBias: true },
    ],
    "proof",
  );
  const inputs = wave(ROWS * INPUTS, 0.7);
  const targets = wave(ROWS * 2, 1.3);
  const batch = {
    rows: ROWS,
    inputs: Float32Array.from(inputs),
    targets: Float32Array.from(targets),
  };
  const claimed = batchGradients(engine, layers, batch, "squared");
  const loss = (): number => squaredLoss(layers, inputs, targets);
  const differences = layers.flatMap(({ weights }, layer) =>
    Array.from(weights, (_, at) =>
      Math.abs((claimed[layer]?.[at] ?? NaN) - centralDifference(weights, at, loss)),
    ),
  );
  const worst = Math.max(...differences); // NaN if one is
  if (!(worst <= TOLERANCE)) throw new Error(`its gradients are off by ${worst.toPrecision(2)}`);
}

/** The derivative of a loss by one of the weights it depends on. */
export function centralDifference(
  weights: Float64Array,
  index: number,
  loss: () => number,
): number {
  const weight = at(weights, index);
  const lossAt = (value: number): number => {
    weights[index] = value;
    return loss();
  };
  const difference = (lossAt(weight + STEP) - lossAt(weight - STEP)) / (2 * STEP);
  weights[index] = weight;
  return difference;
}

/** Half the sum of the squared differences, without any engine. */
function squaredLoss(
  layers: readonly DenseLayer[],
  inputs: Float64Array,
  targets: Float64Array,
): number {
  const outputs = plainForward(layers, inputs, ROWS);
  return targets.reduce((loss, target, at) => loss + ((outputs[at] ?? NaN) - target) ** 2 / 2, 0);
}

/** Values in [-1, 1] that no symmetry relates. */
function wave(length: number, pace: number): Float64Array {
  return Float64Array.from({ length }, (_, index) => Math.sin(pace * (index + 1)));
}
