import { at } from "@moongate/errors";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import type { Computer } from "../engine/scope.ts";
import { type Activated, activate } from "./activations.ts";
import type { DenseLayer } from "./layers.ts";

/** What the way up leaves for the way down. */
export interface LayerPass extends Activated {
  readonly input: Tensor2D;
}

/**
 * Runs a batch up through the layers: x is |batch| × inputs, the last pass's output
 * |batch| × outputs. Call inside tf.tidy, with the engine in use.
 */
export function forward(
  engine: Computer,
  layers: readonly DenseLayer[],
  x: Tensor2D,
): readonly LayerPass[] {
  let input = x;
  return layers.map((layer) => {
    const z = affine(engine, layer, input);
    const pass = { input, ...activate(engine, layer.activation, z) };
    input = pass.output;
    return pass;
  });
}

/** The output of {@link forward}. */
export function outputOf(passes: readonly LayerPass[]): Tensor2D {
  const last = passes.at(-1);
  if (last === undefined) throw new Error("a network without layers has no output");
  return last.output;
}

/** What back-propagation finds. */
export interface Descent {
  /** Gradients by every layer's weights and bias, summed over the batch, laid out as the weights are. */
  readonly gradients: Float32Array[];
  /** The loss's derivative by the first layer's input, |batch| × inputs. */
  readonly inputError: () => Tensor2D;
}

/**
 * Back-propagation: the gradients of a loss by every layer's weights and bias. Call where
 * {@link forward} was called.
 *
 * @param error the loss's derivative by the last layer's output, |batch| × outputs.
 * @param xTransposed inputs × |batch|, where the caller has it: see {@link fastTransposes}.
 */
export function backward(
  engine: Computer,
  layers: readonly DenseLayer[],
  passes: readonly LayerPass[],
  error: Tensor2D,
  xTransposed?: Tensor2D,
): Descent {
  const { tf } = engine;
  const gradients: Float32Array[] = [];
  let delta = error;
  let inputError = (): Tensor2D => error;
  for (let index = layers.length - 1; index >= 0; index--) {
    const [layer, pass] = [layers[index], passes[index]];
    if (layer === undefined || pass === undefined) continue;
    const slope = pass.slope();
    if (slope !== undefined) delta = tf.mul(delta, slope);
    const known = index === 0 ? xTransposed : undefined;
    const weights = transposedProduct(engine, pass.input, delta, known).dataSync();
    const gradient = new Float32Array(layer.weights.length);
    gradient.set(weights);
    gradient.set(tf.sum(delta, 0).dataSync(), weights.length);
    gradients.unshift(gradient);
    const above = delta;
    inputError = () => tf.matMul(above, weightsTransposed(engine, layer));
    if (index > 0) delta = inputError();
  }
  return { gradients, inputError };
}

/** True if the engine multiplies with a transposed left side as fast as without. */
export function fastTransposes({ name }: Computer): boolean {
  return name !== "wasm";
}

/** x W + b, and ReLU, which is free there. */
function affine({ tf }: Computer, layer: DenseLayer, x: Tensor2D): Tensor2D {
  const { inputs, outputs } = layer;
  const values = Float32Array.from(layer.weights);
  return tf.fused.matMul({
    a: x,
    b: tf.tensor2d(values.subarray(0, inputs * outputs), [inputs, outputs]),
    bias: tf.tensor1d(values.subarray(inputs * outputs)),
    activation: layer.activation === "relu" ? "relu" : "linear",
  }) as Tensor2D;
}

/** The width from which on transposing first beats the WASM backend's slow product with a transposed side. */
const WIDE = 16;

/** aᵀ b */
function transposedProduct(
  engine: Computer,
  a: Tensor2D,
  b: Tensor2D,
  aTransposed?: Tensor2D,
): Tensor2D {
  const { tf } = engine;
  if (aTransposed !== undefined) return tf.matMul(aTransposed, b);
  if (fastTransposes(engine) || b.shape[1] < WIDE) return tf.matMul(a, b, true);
  return tf.matMul(tf.transpose(a), b);
}

/** Wᵀ without the bias, outputs × inputs. */
function weightsTransposed({ tf }: Computer, { inputs, outputs, weights }: DenseLayer): Tensor2D {
  const values = new Float32Array(inputs * outputs);
  for (let input = 0; input < inputs; input++) {
    for (let output = 0; output < outputs; output++) {
      values[output * inputs + input] = at(weights, input * outputs + output);
    }
  }
  return tf.tensor2d(values, [outputs, inputs]);
}
