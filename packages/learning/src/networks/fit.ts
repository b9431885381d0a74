import { nextTurn } from "@moongate/transport/turn";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { type Computer, scoped } from "../engine/scope.ts";
import { backward, fastTransposes, forward, outputOf } from "./dense.ts";
import { transposed } from "./gather.ts";
import type { DenseLayer } from "./layers.ts";
import type { Optimizer } from "./optimizers.ts";
import { type BatchSchedule, cosineDecay } from "./schedule.ts";

/**
 * logistic: log-loss of sigmoid(output), per output; squared: half the squared difference; or the
 * first outputs by log-loss, each counting `weight` times, and the others squared.
 */
export type Loss = "logistic" | "squared" | MixedLoss;

export interface MixedLoss {
  /** Outputs with log-loss; they come first. */
  readonly logistic: number;
  readonly weight: number;
}

/** One batch, row-major in single precision. */
export interface Batch {
  readonly rows: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

export interface FitOptions {
  readonly engine: Computer;
  /** Layers that training changes in place. */
  readonly layers: readonly DenseLayer[];
  readonly optimizer: Optimizer;
  readonly loss: Loss;
  readonly epochs: number;
  readonly stepsPerEpoch: number;
  /** Decays along half a cosine. */
  readonly learningRate: number;
  /** Gradients are sums over a batch divided by this, smaller last batches included. */
  readonly batchSize: number;
  readonly schedule: BatchSchedule;
  readonly read: (rows: Uint32Array) => Batch;
  readonly onStep?: ((done: number, total: number) => void) | undefined;
  /** Runs after each epoch; `true` ends the training. */
  readonly afterEpoch?: ((epoch: number) => boolean) | undefined;
}

/** Longest stretch without letting timers and sockets of the process run. */
const BREATH_MILLISECONDS = 20;

/** Mini-batch gradient descent. */
export async function fit(options: FitOptions): Promise<void> {
  const { engine, layers, optimizer, epochs, stepsPerEpoch } = options;
  const total = epochs * stepsPerEpoch;
  const perRow = 1 / options.batchSize;
  let [done, breathed] = [0, performance.now()];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const rows of options.schedule(epoch)) {
      const batch = options.read(rows);
      const gradients = batchGradients(engine, layers, batch, options.loss);
      optimizer(gradients, { rate: options.learningRate * cosineDecay(done / total), perRow });
      done += 1;
      options.onStep?.(done, total);
      if (performance.now() - breathed > BREATH_MILLISECONDS) {
        await nextTurn();
        breathed = performance.now();
      }
    }
    if (options.afterEpoch?.(epoch) === true) return;
  }
}

/** The loss's gradients by every layer's weights, summed over the batch. */
export function batchGradients(
  engine: Computer,
  layers: readonly DenseLayer[],
  { rows, inputs, targets }: Batch,
  loss: Loss,
): Float32Array[] {
  const { tf } = engine;
  return scoped(engine, () => {
    const { x, xTransposed } = inputTensors(engine, inputs, rows);
    const passes = forward(engine, layers, x);
    const target = tf.tensor2d(targets, [rows, targets.length / rows]);
    const error = errorOf(engine, outputOf(passes), target, loss);
    return backward(engine, layers, passes, error, xTransposed).gradients;
  });
}

/** A batch's inputs on the engine, and transposed where that is faster: see `fastTransposes`. */
export function inputTensors(
  engine: Computer,
  inputs: Float32Array,
  rows: number,
): { readonly x: Tensor2D; readonly xTransposed?: Tensor2D } {
  const { tf } = engine;
  const width = inputs.length / rows;
  const x = tf.tensor2d(inputs, [rows, width]);
  if (fastTransposes(engine)) return { x };
  return { x, xTransposed: tf.tensor2d(transposed(inputs, rows, width), [width, rows]) };
}

/** The loss's derivative by the output: estimate − target, where the estimate may be a sigmoid. */
function errorOf(computer: Computer, output: Tensor2D, target: Tensor2D, loss: Loss): Tensor2D {
  const { tf } = computer;
  if (loss === "logistic") return tf.sub(tf.sigmoid(output), target);
  if (loss === "squared") return tf.sub(output, target);
  const [rows, width] = output.shape;
  const part = (whole: Tensor2D, from: number, to: number): Tensor2D =>
    tf.slice2d(whole, [0, from], [rows, to - from]);
  const cut = loss.logistic;
  const labels = tf.sub(tf.sigmoid(part(output, 0, cut)), part(target, 0, cut));
  const others: Tensor2D = tf.sub(part(output, cut, width), part(target, cut, width));
  return tf.concat2d([tf.mul(labels, loss.weight), others], 1);
}
