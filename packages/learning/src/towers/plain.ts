import { MoongateError } from "@moongate/errors";
import type { Activation, DenseLayer } from "../networks/layers.ts";
import { standardise } from "./standardisation.ts";
import type { Tower, TowerState } from "./tower.ts";

const ACTIVATIONS: Readonly<Record<Activation, (z: number) => number>> = {
  linear: (z) => z,
  relu: (z) => Math.max(z, 0),
  sine: Math.sin,
  tanh: Math.tanh,
};

/**
 * A tower that embeds in double precision without any engine: the same bits wherever the same
 * features come back, whatever engine trained it and however many rows are embedded at once.
 */
export function plainTower(state: TowerState): Tower {
  const cols = state.encoder[0]?.inputs ?? 0;
  const width = state.encoder.at(-1)?.outputs ?? 0;
  return {
    state,
    cols,
    width,
    embed: (features) => {
      const rows = features.length / cols;
      if (!Number.isInteger(rows)) {
        const cause = `${features.length} values are no rows of ${cols} features`;
        throw new MoongateError("SHAPE_MISMATCH", cause);
      }
      let values: Float64Array | Float32Array = features;
      for (const layer of state.encoder) values = outputOf(layer, values, rows);
      return standardise(Float64Array.from(values), state);
    },
  };
}

/** activation(x W + b), row by row; the sum runs over the inputs in their order. */
function outputOf(
  { inputs, outputs, activation, weights }: DenseLayer,
  values: Float64Array | Float32Array,
  rows: number,
): Float64Array {
  const activate = ACTIVATIONS[activation];
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
