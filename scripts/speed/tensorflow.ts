// The yardsticks: TensorFlow.js training the same network on pooled plaintext, in one process.
// Once as its documentation has it (layers and model.fit), once with both passes written by hand.
import { type Engine, loadEngine, trainNetwork } from "@moongate/learning";
import { at } from "@moongate/errors";
import type { Tensor } from "@tensorflow/tfjs-core";
import * as layers from "@tensorflow/tfjs-layers";
import { median } from "../figures/statistics.ts";
import type { TimedModel } from "./report.ts";

const HIDDEN = 16;
const LEARNING_RATE = 0.1;

/** Rows a second of TensorFlow.js in the clear. */
export interface Yardstick {
  readonly model: TimedModel;
  readonly engine: string;
  readonly version: string;
  /** By layers and model.fit. */
  readonly fit: number;
  /** By passes written by hand. */
  readonly byHand: number;
}

export interface YardstickChoices {
  readonly model: TimedModel;
  readonly rows: number;
  readonly cols: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly repeats: number;
}

export async function benchTensorFlow({
  model,
  rows,
  cols,
  epochs,
  batchSize,
  repeats,
}: YardstickChoices): Promise<Yardstick> {
  const engine = await loadEngine({ engine: "auto" });
  const features = Float32Array.from({ length: rows * cols }, (_, index) => Math.sin(index * 1.7));
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    Math.sin(row * cols * 1.7) > 0.2 ? 1 : 0,
  );
  const data = { features, rows, cols, labels, labelCount: 1 };
  const measure = async (train: () => Promise<unknown>): Promise<number> => {
    const rates: number[] = [];
    for (let repeat = 0; repeat < repeats + 1; repeat++) {
      const began = performance.now();
      await train();
      const seconds = (performance.now() - began) / 1000;
      if (repeat > 0) rates.push(Math.round((rows * epochs) / seconds)); // the first run warms up
    }
    return median(rates);
  };
  const plan = { kind: model, hidden: HIDDEN, batchSize, learningRate: LEARNING_RATE };
  return {
    model,
    engine: engine.name,
    version: engine.version,
    fit: await measure(fitting(engine, { model, data, epochs, batchSize })),
    byHand: await measure(() =>
      trainNetwork({ engine, ...plan, weightDecay: 1e-3, epochs, seed: "bench" }, data),
    ),
  };
}

/** The network as layers: what anybody would write who has TensorFlow.js and both tables. */
function fitting(
  { tf, use }: Engine,
  {
    model,
    data,
    epochs,
    batchSize,
  }: {
    readonly model: TimedModel;
    readonly data: Parameters<typeof trainNetwork>[1];
    readonly epochs: number;
    readonly batchSize: number;
  },
): () => Promise<unknown> {
  use();
  const { rows, cols } = data;
  const x = tf.tensor2d(Float32Array.from(data.features), [rows, cols]);
  const y = tf.tensor2d(Float32Array.from(data.labels), [rows, 1]);
  const network = layers.sequential();
  if (model === "sine") {
    class Sine extends layers.layers.Layer {
      static className = "Sine";
      override computeOutputShape(shape: layers.Shape): layers.Shape {
        return shape;
      }
      override call(inputs: Tensor | Tensor[]): Tensor {
        return tf.sin(Array.isArray(inputs) ? at(inputs, 0) : inputs);
      }
    }
    network.add(layers.layers.dense({ units: HIDDEN, inputShape: [cols] }));
    network.add(new Sine({}));
    network.add(layers.layers.dense({ units: 1, activation: "sigmoid" }));
  } else {
    network.add(layers.layers.dense({ units: 1, inputShape: [cols], activation: "sigmoid" }));
  }
  const optimizer = tf.train.momentum(LEARNING_RATE, 0.9);
  network.compile({ optimizer, loss: "binaryCrossentropy" });
  return () => network.fit(x, y, { batchSize, epochs, shuffle: true });
}
