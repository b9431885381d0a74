import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-cpu";
import type { Engine } from "./engine.ts";
import { proveGradients } from "./proof.ts";

/** TensorFlow.js in plain JavaScript, which runs anywhere, a browser's worker included. */
export async function cpuEngine(): Promise<Engine> {
  tf.enableProdMode();
  if (!(await tf.setBackend("cpu"))) throw new Error("the backend cpu does not start");
  const use = (): void => {
    if (tf.getBackend() !== "cpu") void tf.setBackend("cpu");
  };
  const engine: Engine = { name: "cpu", version: tf.version_core, tf, use };
  proveGradients(engine);
  return engine;
}
