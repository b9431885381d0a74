import { at } from "@moongate/errors";
import { type Computer, scoped } from "../engine/scope.ts";
import { backward, forward } from "../networks/dense.ts";
import { evaluate } from "../networks/evaluate.ts";
import { inputTensors } from "../networks/fit.ts";
import type { DenseLayer } from "../networks/layers.ts";
import {
  bottomInputs,
  type Columns,
  type HalfOptions,
  layersOf,
  requireLength,
  updater,
} from "./half.ts";
import { cutWidth, type Rate } from "./plan.ts";
import { inputsOf } from "./start.ts";

/**
 * The passive party's half: from its columns to the cut layer. It holds no tensors, so there is
 * nothing to dispose.
 */
export interface MediaHalf {
  /** Width of the cut layer. */
  readonly cut: number;
  /** Layers that training changes in place; copy them to keep a state, give them as `start` to put it in. */
  readonly layers: readonly DenseLayer[];
  /**
   * Embeddings of any number of rows, |rows| × cut.
   *
   * @param rows needed only by a party without columns.
   * @throws SHAPE_MISMATCH if the features are no whole rows.
   */
  readonly embed: (features: Columns, rows?: number) => Float32Array;
  /** {@link embed}, and remembers the batch for the next `backward`. */
  readonly forward: (features: Columns, rows?: number) => Float32Array;
  /**
   * Learns from the batch of the last `forward`.
   *
   * @param gradient the derivative of each row's summed log-losses by its embedding, |rows| × cut.
   * @param extra of the same shape and scale, added to it: that of a penalty.
   * @throws SHAPE_MISMATCH; SATURATION if weights are not finite and nobody hears of it.
   */
  readonly backward: (gradient: Float32Array, rate: Rate, extra?: Float32Array) => void;
}

export interface MediaHalfOptions extends HalfOptions {
  /**
   * What the half learns from instead of the gradients of its layers, summed over the batch: for a
   * lab's dishonest party. An honest one has none.
   */
  readonly alter?: ((gradients: readonly Float32Array[]) => readonly Float32Array[]) | undefined;
}

/** @throws SHAPE_MISMATCH if `start` is of another network. */
export function mediaHalf(options: MediaHalfOptions): MediaHalf {
  const { engine, plan, alter } = options;
  const cols = options.width.media;
  const cut = cutWidth(plan);
  const layers = layersOf(options, "media").bottom;
  const update = updater(options, layers);
  let batch: { readonly rows: number; readonly inputs: Float32Array } | undefined;

  const read = (features: Columns, rows: number) => ({
    rows,
    inputs: bottomInputs(features, cols, rows),
  });
  const embedded = ({ rows, inputs }: ReturnType<typeof read>): Float32Array =>
    Float32Array.from(evaluate(engine, layers, { values: inputs, rows, cols: inputsOf(cols) }));

  return {
    cut,
    layers,
    embed: (features, rows = features.length / cols) => embedded(read(features, rows)),
    forward: (features, rows = features.length / cols) => {
      batch = read(features, rows);
      return embedded(batch);
    },
    backward: (gradient, rate, extra) => {
      if (batch === undefined) throw new Error("backward follows forward");
      const { rows, inputs } = batch;
      batch = undefined;
      requireLength("gradients", gradient, rows, cut);
      if (extra !== undefined) requireLength("extra gradients", extra, rows, cut);
      const error = extra ? gradient.map((value, index) => value + at(extra, index)) : gradient;
      const honest = bottomGradients(engine, layers, inputs, error, rows);
      const gradients = alter?.(honest) ?? honest;
      withoutBias(gradients, cut);
      update(gradients, rate);
    },
  };
}

function bottomGradients(
  engine: Computer,
  layers: readonly DenseLayer[],
  inputs: Float32Array,
  error: Float32Array,
  rows: number,
): readonly Float32Array[] {
  return scoped(engine, () => {
    const { x, xTransposed } = inputTensors(engine, inputs, rows);
    const passes = forward(engine, layers, x);
    const delta = engine.tf.tensor2d(error, [rows, error.length / rows]);
    return backward(engine, layers, passes, delta, xTransposed).gradients;
  });
}

/** The cut layer's bias is commerce's: media's stays at zero. */
function withoutBias(gradients: readonly Float32Array[], cut: number): void {
  gradients.at(-1)?.subarray(-cut).fill(0);
}
