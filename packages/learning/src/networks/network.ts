import type { ModelKind } from "@moongate/catalogue";
import { at, MoongateError } from "@moongate/errors";
import type { Engine } from "../engine/engine.ts";
import { delayed } from "./delayed.ts";
import { evaluate } from "./evaluate.ts";
import { fit } from "./fit.ts";
import { gatherRows, type FeatureTable } from "./gather.ts";
import {
  atZero,
  checkLayers,
  copyLayers,
  type DenseLayer,
  forRelu,
  startLayers,
} from "./layers.ts";
import { momentum, type Optimizer } from "./optimizers.ts";
import { type BatchSchedule, shuffledBatches } from "./schedule.ts";

/** One network; a portfolio is several. */
export type NetworkKind = Exclude<ModelKind, "portfolio">;

/** The kind of a model that is one network. @throws INTERNAL for one that is several. */
export function singleNetwork(kind: ModelKind): NetworkKind {
  if (kind !== "portfolio") return kind;
  throw new MoongateError("INTERNAL", "a portfolio is several networks where one is needed");
}

export interface NetworkPlan {
  readonly kind: NetworkKind;
  /** Hidden units; logistic regression has none. */
  readonly hidden: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** The rate by which a batch's mean gradient moves; decays along half a cosine to 2%. */
  readonly learningRate: number;
  /** L2 penalty on weights and biases. */
  readonly weightDecay: number;
  /** 0.9 unless given. */
  readonly momentum?: number | undefined;
  readonly seed: string;
  /** Factor of the spread that hidden weights start with; 1 unless given. */
  readonly startFactor?: number | undefined;
}

/** Rows to learn from: features row-major rows × cols, labels 0 or 1 row-major rows × labelCount. */
export interface Examples {
  readonly features: Float64Array | Float32Array;
  readonly rows: number;
  readonly cols: number;
  readonly labels: Uint8Array;
  readonly labelCount: number;
}

export interface NetworkOptions extends NetworkPlan {
  readonly engine: Engine;
  /** The public schedule of a joint training, to compare with; default: seeded shuffles. */
  readonly schedule?: BatchSchedule | undefined;
  /** The layers to start from; default: seeded ones. */
  readonly start?: readonly DenseLayer[] | undefined;
  /**
   * True of steps, counted from 0, after which weights are taken: the network is the mean of those.
   * Without it, it is the last one.
   */
  readonly averaged?: ((step: number) => boolean) | undefined;
  /** Steps by which gradients are late, as with batches in flight; 0 unless given. */
  readonly late?: number | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** A trained network. It holds no tensors, so there is nothing to dispose. */
export interface Network {
  readonly layers: readonly DenseLayer[];
  /** Logits, row-major rows × labelCount. */
  readonly predict: (features: Float64Array | Float32Array) => Float64Array;
}

const MOMENTUM = 0.9;

/** Standard deviation of a hidden sine unit's start over a whole row, in radians. */
const SINE_START = 2 * Math.PI * 0.2;

/**
 * The masked sine network keeps its hidden weights in turns and takes 2^-3 for 1/2π; in radians
 * its hidden layer therefore learns at this fraction of the rate.
 */
const SINE_HIDDEN_RATE = (2 * Math.PI) / 8;

/**
 * Trains, in the clear and in floating point, the same model as the masked protocol: the same
 * shapes, starts of the same spread, momentum, decay and rates, and, with `schedule` and `start`
 * given, the same steps.
 *
 * - logistic: o = x W + b from zero; the decay does not go through the momentum.
 * - sine: o = sin(x W1 + b1) W2 + b2, all biases and the output from their own starts as there.
 * - relu: the yardstick, o = relu(x W1 + b1) W2 + b2.
 *
 * @throws SHAPE_MISMATCH if features, labels or `start` do not fit the declared shapes;
 *   COLUMN_NOT_FINITE; SATURATION if training diverges.
 */
export async function trainNetwork(options: NetworkOptions, data: Examples): Promise<Network> {
  const { engine, epochs, batchSize, seed } = options;
  checkExamples(data);
  const layers = copyLayers(options.start ?? startNetwork(options, data.cols, data.labelCount));
  checkLayers(layers, data.cols, data.labelCount);

  const mean = meanWeights(layers, options.averaged);
  const features: FeatureTable = { values: data.features, rows: data.rows, cols: data.cols };
  const labels: FeatureTable = { values: data.labels, rows: data.rows, cols: data.labelCount };
  await fit({
    engine,
    layers,
    optimizer: delayed(networkOptimizer(options, layers), options.late ?? 0),
    loss: "logistic",
    epochs,
    stepsPerEpoch: Math.ceil(data.rows / batchSize),
    learningRate: options.learningRate,
    batchSize,
    schedule: options.schedule ?? shuffledBatches(seed, data.rows, batchSize),
    read: (rows) => ({
      rows: rows.length,
      inputs: gatherRows(features, rows),
      targets: gatherRows(labels, rows),
    }),
    onStep: (done, total) => {
      mean.take(done - 1);
      options.onProgress?.(done, total);
    },
  });
  mean.apply();
  if (layers.some(({ weights }) => !weights.every(Number.isFinite))) {
    throw new MoongateError("SATURATION", "the network's weights are not finite numbers");
  }
  return {
    layers,
    predict: (values) => {
      const rows = values.length / data.cols;
      if (!Number.isInteger(rows)) {
        const cause = `${values.length} values are no rows of ${data.cols} features`;
        throw new MoongateError("SHAPE_MISMATCH", cause);
      }
      return evaluate(engine, layers, { values, rows, cols: data.cols });
    },
  };
}

/** Adds up the layers' weights after some steps, and in the end replaces them by their mean. */
function meanWeights(
  layers: readonly DenseLayer[],
  averaged: (step: number) => boolean = () => false,
): { readonly take: (step: number) => void; readonly apply: () => void } {
  const sums = layers.map(({ weights }) => new Float64Array(weights.length));
  let taken = 0;
  return {
    take(step) {
      if (!averaged(step)) return;
      taken += 1;
      layers.forEach(({ weights }, index) => {
        const sum = at(sums, index);
        weights.forEach((weight, i) => {
          sum[i] = at(sum, i) + weight;
        });
      });
    },
    apply() {
      if (taken === 0) return;
      layers.forEach(({ weights }, index) => {
        weights.set(at(sums, index).map((sum) => sum / taken));
      });
    },
  };
}

/** The update rule of {@link trainNetwork}, for layers of which the first is below the hidden units. */
export function networkOptimizer(
  plan: Pick<NetworkPlan, "kind" | "momentum" | "weightDecay">,
  layers: readonly DenseLayer[],
): Optimizer {
  return momentum(layers, {
    momentum: plan.momentum ?? MOMENTUM,
    weightDecay: plan.weightDecay,
    decayThrough: plan.kind === "logistic" ? "weights" : "velocity",
    layerRates: plan.kind === "sine" ? [SINE_HIDDEN_RATE] : [],
  });
}

/** Seeded starts: hidden weights and, for the sine, biases are normal; the output starts at zero. */
export function startNetwork(
  {
    kind,
    hidden,
    seed,
    startFactor = 1,
  }: Pick<NetworkPlan, "kind" | "hidden" | "seed" | "startFactor">,
  cols: number,
  labels: number,
): DenseLayer[] {
  const output = { outputs: labels, activation: "linear", spread: atZero } as const;
  switch (kind) {
    case "logistic":
      return startLayers(cols, [output], seed);
    case "relu": {
      const layer = { outputs: hidden, activation: "relu", spread: forRelu } as const;
      return startLayers(cols, [layer, output], seed);
    }
    case "sine": {
      // The bias is the weight of a constant column, and starts like the others.
      const spread = (inputs: number): number => (startFactor * SINE_START) / Math.sqrt(inputs + 1);
      const layer = { outputs: hidden, activation: "sine", spread, randomBias: true } as const;
      return startLayers(cols, [layer, output], seed);
    }
  }
}

/**
 * Engines do not report what is not finite: their ReLU makes a 0 of it.
 *
 * @throws SHAPE_MISMATCH if the arrays have not the declared lengths; COLUMN_NOT_FINITE.
 */
export function checkExamples(data: Examples): void {
  if (data.features.length !== data.rows * data.cols) {
    const cause = `${data.rows} rows of ${data.cols} features are not ${data.features.length} values`;
    throw new MoongateError("SHAPE_MISMATCH", cause);
  }
  if (data.labels.length !== data.rows * data.labelCount) {
    const cause = `${data.rows} rows of ${data.labelCount} labels are not ${data.labels.length} values`;
    throw new MoongateError("SHAPE_MISMATCH", cause);
  }
  for (let at = 0; at < data.features.length; at++) {
    if (!Number.isFinite(data.features[at])) {
      const cause = `feature ${(at % data.cols) + 1} is not finite in row ${Math.floor(at / data.cols) + 1}`;
      throw new MoongateError("COLUMN_NOT_FINITE", cause);
    }
  }
}
