import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Computer } from "../engine/scope.ts";
import type { Activation } from "./layers.ts";

/** A layer's output and its derivative by the layer's input, elementwise. */
export interface Activated {
  readonly output: Tensor2D;
  /** The slope; undefined where it is 1 everywhere. */
  readonly slope: () => Tensor2D | undefined;
}

/** Applies an activation to z; for ReLU, z has been through it already. */
export function activate(engine: Computer, activation: Activation, z: Tensor2D): Activated {
  const { tf } = engine;
  switch (activation) {
    case "linear":
      return { output: z, slope: () => undefined };
    case "relu":
      // Both are 1 above zero; native TensorFlow has no step kernel and makes one of five.
      return { output: z, slope: () => (engine.name === "native" ? tf.sign(z) : tf.step(z)) };
    case "tanh": {
      const output = tf.tanh(z);
      return { output, slope: () => tf.sub(1, tf.square(output)) };
    }
    case "sine":
      return engine.name === "wasm" ? sineByTangent(engine, z) : sine(engine, z);
  }
}

function sine({ tf }: Computer, z: Tensor2D): Activated {
  return { output: tf.sin(z), slope: () => tf.cos(z) };
}

/**
 * The WASM backend's tangent is five times as fast as its sine, and with t = tan(z/2)
 * sin z = 2t / (1 + t²) and cos z = (1 − t²) / (1 + t²). In single precision |t| stays below 10^8.
 */
function sineByTangent({ tf }: Computer, z: Tensor2D): Activated {
  const t = tf.tan(tf.mul(z, 0.5));
  const square = tf.square(t);
  const whole = tf.add(square, 1);
  return {
    output: tf.div(tf.add(t, t), whole),
    slope: () => tf.div(tf.sub(1, square), whole),
  };
}
