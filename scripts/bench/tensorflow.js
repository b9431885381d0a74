// The yardstick: TensorFlow.js training the same network on pooled plaintext, in one process.
import { loadEngine, trainNetwork } from "@moongate/learning";
import { median } from "./sessions.js";

export async function benchTensorFlow({ model, rows, cols, epochs, batchSize, repeats }) {
  const engine = await loadEngine({ engine: "auto" });
  const features = Float32Array.from({ length: rows * cols }, (_, index) => Math.sin(index * 1.7));
  const labels = Uint8Array.from({ length: rows }, (_, row) =>
    features[row * cols] > 0.2 ? 1 : 0,
  );
  const data = { features, rows, cols, labels, labelCount: 1 };
  const plan = { kind: model, hidden: 16, batchSize, learningRate: 0.1, weightDecay: 1e-3 };
  const rates = [];
  for (let repeat = 0; repeat < repeats + 1; repeat++) {
    const began = performance.now();
    await trainNetwork({ engine, ...plan, epochs, seed: "bench" }, data);
    const seconds = (performance.now() - began) / 1000;
    if (repeat > 0) rates.push(Math.round((rows * epochs) / seconds)); // the first run warms up
  }
  return { model, engine: engine.name, version: engine.version, rowsPerSecond: median(rates) };
}
