import { type Computer, scoped } from "../engine/scope.ts";
import { forward, outputOf } from "./dense.ts";
import { gatherRows, type FeatureTable } from "./gather.ts";
import type { DenseLayer } from "./layers.ts";

const STRETCH = 4096;

/** The last layer's output for every row, row-major rows × outputs. */
export function evaluate(
  engine: Computer,
  layers: readonly DenseLayer[],
  table: FeatureTable,
): Float64Array {
  const outputs = layers.at(-1)?.outputs ?? 0;
  const all = new Float64Array(table.rows * outputs);
  for (let from = 0; from < table.rows; from += STRETCH) {
    const length = Math.min(STRETCH, table.rows - from);
    const rows = Uint32Array.from({ length }, (_, index) => from + index);
    all.set(outputsOf(engine, layers, gatherRows(table, rows), length), from * outputs);
  }
  return all;
}

function outputsOf(
  engine: Computer,
  layers: readonly DenseLayer[],
  inputs: Float32Array,
  rows: number,
): Float32Array {
  const { tf } = engine;
  return scoped(engine, () => {
    const x = tf.tensor2d(inputs, [rows, inputs.length / rows]);
    return outputOf(forward(engine, layers, x)).dataSync<"float32">();
  });
}
