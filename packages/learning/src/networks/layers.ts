import { MoongateError } from "@moongate/errors";
import { normals } from "./seeded.ts";

export type Activation = "linear" | "relu" | "sine" | "tanh";

/**
 * One dense layer, activation(x W + b). Parameters live here in double precision and go to the
 * engine with every batch, which costs microseconds, and no tensor outlives a step.
 */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: Activation;
  /** Row-major (inputs + 1) × outputs; the last row is the bias b. */
  readonly weights: Float64Array;
}

export interface LayerPlan {
  readonly outputs: number;
  readonly activation: Activation;
  /** Standard deviation of the starts of W, given the number of inputs; 0 starts at zero. */
  readonly spread: (inputs: number) => number;
  /** The bias starts as the weights do, instead of at zero. */
  readonly randomBias?: boolean | undefined;
}

/** Spread for ReLU units (He et al., ICCV 2015). */
export const forRelu = (inputs: number): number => Math.sqrt(2 / inputs);

/** Spread that keeps the variance of linear and tanh units. */
export const forTanh = (inputs: number): number => Math.sqrt(1 / inputs);

/** Spread of layers that learn from the first step on without symmetry to break. */
export const atZero = (): number => 0;

/** Layers on top of each other, with seeded starts. */
export function startLayers(
  inputs: number,
  plans: readonly LayerPlan[],
  seed: string,
): DenseLayer[] {
  let width = inputs;
  return plans.map(({ outputs, activation, spread, randomBias }, index) => {
    const inputs = width;
    width = outputs;
    const scale = spread(inputs);
    const weights = new Float64Array((inputs + 1) * outputs);
    const random = (randomBias === true ? inputs + 1 : inputs) * outputs;
    if (scale > 0) {
      weights.set(normals(`${seed} layer ${index}`, random).map((value) => value * scale));
    }
    return { inputs, outputs, activation, weights };
  });
}

/** A copy that further training does not change. */
export function copyLayers(layers: readonly DenseLayer[]): DenseLayer[] {
  return layers.map((layer) => ({ ...layer, weights: layer.weights.slice() }));
}

/** @throws SHAPE_MISMATCH if a layer does not fit the one below, or its weights its shape. */
export function checkLayers(layers: readonly DenseLayer[], inputs: number, outputs: number): void {
  let width = inputs;
  for (const [index, layer] of layers.entries()) {
    if (layer.inputs !== width || layer.weights.length !== (layer.inputs + 1) * layer.outputs) {
      throw new MoongateError("SHAPE_MISMATCH", `layer ${index} does not fit the one below it`);
    }
    width = layer.outputs;
  }
  if (width !== outputs) {
    const cause = `the network has ${width} outputs where ${outputs} are needed`;
    throw new MoongateError("SHAPE_MISMATCH", cause);
  }
}
