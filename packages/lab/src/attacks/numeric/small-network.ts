import { at } from "@moongate/errors";
import type { RealMatrix } from "@moongate/views";
import { Adam } from "./adam.ts";
import { DenseNetwork } from "./dense-network.ts";
import { addScaled, matrix } from "./matrices.ts";
import { normals, type Uniform } from "@moongate/statistics";

/**
 * A small dense network for attacks: tanh between the layers, nothing after the last; trained by
 * Adam (Kingma and Ba, ICLR 2015) on a gradient by its outputs that the caller computes.
 */
export class SmallNetwork {
  readonly #network: DenseNetwork;
  readonly #adam: Adam;

  /** @param sizes inputs, hidden units of each layer, outputs. */
  constructor(sizes: readonly number[], next: Uniform) {
    this.#network = new DenseNetwork(
      sizes.slice(1).map((outputs, index) => ({
        ...{ inputs: at(sizes, index), outputs },
        activation: index === sizes.length - 2 ? "linear" : "tanh",
      })),
    );
    this.#adam = new Adam(this.#network.parameters.length);
    for (const layer of this.#network.layers) startAtRandom(layer, next);
  }

  /** The outputs of a batch of rows; `learn` is about the last one. */
  forward({ rows, values }: RealMatrix): RealMatrix {
    const cols = this.#network.layers.at(-1)?.outputs ?? 0;
    const outputs = this.#network.forward(values, rows);
    return matrix(rows, cols, outputs.subarray(0, rows * cols));
  }

  /** One step of Adam on the last batch. @param gradient of the loss, by each output. */
  learn(gradient: RealMatrix, rate: number, decay = 0): void {
    this.#network.backward(gradient.values);
    if (decay > 0) {
      for (const { inputs, outputs, weights, gradient: byWeights } of this.#network.layers) {
        addScaled(byWeights, 0, decay, weights, 0, inputs * outputs);
      }
    }
    this.#adam.update(this.#network.parameters, this.#network.gradient, rate);
  }
}

/** Normal weights that keep the variance of what passes; the bias stays at zero. */
export function startAtRandom(
  { inputs, outputs, weights }: DenseNetwork["layers"][number],
  next: Uniform,
): void {
  const spread = Math.sqrt(1 / Math.max(1, inputs));
  weights.set(normals(next, inputs * outputs).map((value) => value * spread));
}
