import type { Matrix } from "@moongate/views";
import { addScaled, matrix, multiply, multiplyTransposed, transposed } from "./matrices.ts";
import { normals, type Uniform } from "./seeded.ts";

interface Layer {
  readonly weights: Matrix;
  readonly bias: Float64Array;
  readonly moments: readonly [Moments, Moments];
}

interface Moments {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

const BETA = [0.9, 0.999] as const;

/**
 * A small dense network for attacks: tanh between the layers, nothing after the last; trained by
 * Adam (Kingma and Ba, ICLR 2015) on a gradient by its outputs that the caller computes.
 */
export class SmallNetwork {
  readonly #layers: readonly Layer[];
  #inputs: Matrix[] = [];
  #updates = 0;

  /** @param sizes inputs, hidden units of each layer, outputs. */
  constructor(sizes: readonly number[], next: Uniform) {
    this.#layers = sizes.slice(1).map((outputs, index) => {
      const inputs = sizes[index] ?? 0;
      const spread = Math.sqrt(1 / Math.max(1, inputs));
      const weights = normals(next, inputs * outputs).map((value) => value * spread);
      return {
        weights: matrix(inputs, outputs, weights),
        bias: new Float64Array(outputs),
        moments: [momentsOf(inputs * outputs), momentsOf(outputs)],
      };
    });
  }

  /** The outputs of a batch of rows; remembers it for `learn`. */
  forward(batch: Matrix): Matrix {
    this.#inputs = [];
    return this.#layers.reduce((input, { weights, bias }, index) => {
      this.#inputs.push(input);
      const out = multiply(input, weights);
      const last = index === this.#layers.length - 1;
      for (let i = 0; i < out.values.length; i++) {
        const value = (out.values[i] ?? 0) + (bias[i % out.cols] ?? 0);
        out.values[i] = last ? value : Math.tanh(value);
      }
      return out;
    }, batch);
  }

  /** One step of Adam on the last batch. @param gradient of the loss, by each output. */
  learn(gradient: Matrix, rate: number, decay = 0): void {
    this.#updates += 1;
    let back = gradient;
    for (let index = this.#layers.length - 1; index >= 0; index--) {
      const layer = this.#layers[index];
      const input = this.#inputs[index];
      if (layer === undefined || input === undefined) throw new Error("learn comes after forward");
      const { weights, bias, moments } = layer;
      const byWeights = multiplyTransposed(input, back);
      addScaled(byWeights.values, 0, decay, weights.values, 0, weights.values.length);
      const byBias = new Float64Array(bias.length);
      for (let row = 0; row < back.rows; row++) {
        addScaled(byBias, 0, 1, back.values, row * back.cols, back.cols);
      }
      if (index > 0) {
        const byInput = multiply(back, transposed(weights));
        byInput.values.forEach((value, i) => {
          byInput.values[i] = value * (1 - (input.values[i] ?? 0) ** 2);
        });
        back = byInput;
      }
      this.#adam(weights.values, byWeights.values, moments[0], rate);
      this.#adam(bias, byBias, moments[1], rate);
    }
  }

  #adam(values: Float64Array, gradient: Float64Array, { first, second }: Moments, rate: number) {
    const [beta1, beta2] = BETA;
    const correction = Math.sqrt(1 - beta2 ** this.#updates) / (1 - beta1 ** this.#updates);
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i] ?? 0;
      const m = beta1 * (first[i] ?? 0) + (1 - beta1) * g;
      const v = beta2 * (second[i] ?? 0) + (1 - beta2) * g * g;
      first[i] = m;
      second[i] = v;
      values[i] = (values[i] ?? 0) - (rate * correction * m) / (Math.sqrt(v) + 1e-8);
    }
  }
}

const momentsOf = (length: number): Moments => ({
  first: new Float64Array(length),
  second: new Float64Array(length),
});
