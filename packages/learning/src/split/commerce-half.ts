import { MODELS } from "@moongate/catalogue";
import { MoongateError } from "@moongate/errors";
import type { Tensor2D } from "@tensorflow/tfjs-core";
import { type Computer, scoped } from "../engine/scope.ts";
import { type Activated, activate } from "../networks/activations.ts";
import { backward, forward, type LayerPass, outputOf } from "../networks/dense.ts";
import { inputTensors } from "../networks/fit.ts";
import type { Activation, DenseLayer } from "../networks/layers.ts";
import {
  bottomInputs,
  type Columns,
  type HalfOptions,
  layersOf,
  requireLength,
  updater,
} from "./half.ts";
import { cutWidth, type Rate } from "./plan.ts";
import type { HalfLayers } from "./start.ts";

export interface CommerceBatch {
  /** |rows| × commerce's columns. */
  readonly features: Columns;
  /** What media sent, |rows| × cut. */
  readonly embeddings: Float32Array;
  /** |rows| × labels: 0 or 1, or what a defence made of them. */
  readonly targets: Float32Array;
}

/** The active party's half: its own columns to the cut layer, the sum there, and what is above. */
export interface CommerceHalf {
  /** Width of the cut layer. */
  readonly cut: number;
  /** Bottom first, then top. Changed in place by training: see `MediaHalf.layers`. */
  readonly layers: readonly DenseLayer[];
  /**
   * Learns from one batch.
   *
   * @returns the derivative of each row's log-losses, summed over the labels, by its embedding:
   *   |rows| × cut, before the update. It is not divided by the batch size.
   * @throws SHAPE_MISMATCH; SATURATION if embeddings are not finite, or weights and nobody hears of it.
   */
  readonly step: (batch: CommerceBatch, rate: Rate) => Float32Array;
  /** Logits, row-major |rows| × labels, of any number of rows. @throws as `step`. */
  readonly scores: (features: Columns, embeddings: Float32Array) => Float64Array;
}

const STRETCH = 4096;

/** @throws SHAPE_MISMATCH if `start` is of another network. */
export function commerceHalf(options: HalfOptions): CommerceHalf {
  const { engine, plan } = options;
  const { tf } = engine;
  const cols = options.width.commerce;
  const cut = cutWidth(plan);
  const half = layersOf(options, "commerce");
  const layers = [...half.bottom, ...half.top];
  const update = updater(options, layers);
  const activation = MODELS[plan.kind].cut;

  return {
    cut,
    layers,
    step: ({ features, embeddings, targets }, rate) => {
      const rows = targets.length / plan.labels;
      const inputs = bottomInputs(features, cols, rows);
      requireEmbeddings(embeddings, rows, cut);
      const { gradients, crossing } = scoped(engine, () => {
        const { x, xTransposed } = inputTensors(engine, inputs, rows);
        const up = climb(engine, half, activation, x, embeddings);
        const target = tf.tensor2d(targets, [rows, plan.labels]);
        const error: Tensor2D = tf.sub(tf.sigmoid(up.logits), target);
        const top = backward(engine, half.top, up.above, error);
        const slope = up.cut.slope();
        const byOutput = top.inputError();
        const delta = slope === undefined ? byOutput : tf.mul<Tensor2D>(byOutput, slope);
        const bottom = backward(engine, half.bottom, up.below, delta, xTransposed);
        return {
          gradients: [...bottom.gradients, ...top.gradients],
          crossing: delta.dataSync<"float32">().slice(),
        };
      });
      update(gradients, rate);
      return crossing;
    },
    scores: (features, embeddings) => {
      const rows = embeddings.length / cut;
      const inputs = bottomInputs(features, cols, rows);
      requireEmbeddings(embeddings, rows, cut);
      const logits = new Float64Array(rows * plan.labels);
      const width = inputs.length / rows;
      for (let from = 0; from < rows; from += STRETCH) {
        const to = Math.min(from + STRETCH, rows);
        const stretch = scoped(engine, () => {
          const x = tf.tensor2d(inputs.subarray(from * width, to * width), [to - from, width]);
          const received = embeddings.subarray(from * cut, to * cut);
          return climb(engine, half, activation, x, received).logits.dataSync<"float32">();
        });
        logits.set(stretch, from * plan.labels);
      }
      return logits;
    },
  };
}

interface Climb {
  readonly below: readonly LayerPass[];
  readonly cut: Activated;
  readonly above: readonly LayerPass[];
  readonly logits: Tensor2D;
}

/** z = bottom(x) + embeddings; logits = top(activation(z)). */
function climb(
  engine: Computer,
  { bottom, top }: HalfLayers,
  activation: Activation,
  x: Tensor2D,
  embeddings: Float32Array,
): Climb {
  const { tf } = engine;
  const below = forward(engine, bottom, x);
  const own = outputOf(below);
  const z: Tensor2D = tf.add(own, tf.tensor2d(embeddings, own.shape));
  const cut = activate(engine, activation, activation === "relu" ? tf.relu(z) : z);
  const above = forward(engine, top, cut.output);
  return { below, cut, above, logits: above.at(-1)?.output ?? cut.output };
}

/** Engines do not report what is not finite: their ReLU makes a 0 of it. */
function requireEmbeddings(embeddings: Float32Array, rows: number, cut: number): void {
  requireLength("embeddings", embeddings, rows, cut);
  if (embeddings.every(Number.isFinite)) return;
  throw new MoongateError("SATURATION", "the other party's embeddings are not finite numbers");
}
