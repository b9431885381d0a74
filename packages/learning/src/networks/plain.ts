import type { Activation, DenseLayer } from "./layers.ts";

/** The activations in double precision. */
export const PLAIN_ACTIVATIONS: Readonly<Record<Activation, (z: number) => number>> = {
  linear: (z) => z,
  relu: (z) => Math.max(z, 0),
  sine: Math.sin,
  tanh: Math.tanh,
};

type Values = Float64Array | Float32Array;

/**
 * Rows up through the layers in double precision, without any engine: what engines are measured
 * by. A row has the same bits alone as among others.
 *
 * @param values row-major rows × inputs.
 * @returns row-major rows × outputs of the last layer.
 */
export function plainForward(layers: readonly DenseLayer[], values: Values, rows = 1): Values {
  return layers.reduce((below, layer) => layerOutput(layer, below, rows), values);
}

/** activation(x W + b), row by row; the sum runs over the inputs in their order. */
function layerOutput(
  { inputs, outputs, activation, weights }: DenseLayer,
  values: Values,
  rows: number,
): Float64Array {
  const activate = PLAIN_ACTIVATIONS[activation];
  const all = new Float64Array(rows * outputs);
  const sums = new Float64Array(outputs);
  const bias = weights.subarray(inputs * outputs);
  for (let row = 0; row < rows; row++) {
    sums.set(bias);
    for (let input = 0; input < inputs; input++) {
      const value = values[row * inputs + input] ?? 0;
      if (value === 0) continue;
      const from = input * outputs;
      for (let output = 0; output < outputs; output++) {
        sums[output] = (sums[output] ?? 0) + value * (weights[from + output] ?? 0);
      }
    }
    for (let output = 0; output < outputs; output++) {
      all[row * outputs + output] = activate(sums[output] ?? 0);
    }
  }
  return all;
}
