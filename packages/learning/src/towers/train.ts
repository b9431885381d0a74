import { MoongateError } from "@moongate/errors";
import type { Engine } from "../engine/engine.ts";
import { evaluate } from "../networks/evaluate.ts";
import { type Batch, fit, type Loss } from "../networks/fit.ts";
import { gatherRows, type FeatureTable } from "../networks/gather.ts";
import {
  atZero,
  copyLayers,
  type DenseLayer,
  forRelu,
  forTanh,
  type LayerPlan,
  startLayers,
} from "../networks/layers.ts";
import { meanLoss } from "../networks/loss.ts";
import { checkExamples, type Examples } from "../networks/network.ts";
import { adam } from "../networks/optimizers.ts";
import { shuffledBatches } from "../networks/schedule.ts";
import { uniforms } from "../networks/seeded.ts";
import { fitStandardisation } from "./standardisation.ts";
import { type Objective, type Tower, towerOn } from "./tower.ts";

export interface TowerPlan {
  /** Widths of the ReLU layers below the embedding. */
  readonly hidden: readonly number[];
  /** Width of the embedding. */
  readonly width: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Adam's learning rate; decays along half a cosine to 2%. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Epochs without a better validation loss before training ends. */
  readonly patience: number;
  /** Share of the features hidden from what shall reconstruct them. */
  readonly corruption: number;
  /**
   * How much own labels, all together, weigh against the reconstruction of all features; Infinity
   * leaves the reconstruction out, as does no weight.
   */
  readonly labelWeight?: number | undefined;
  readonly seed: string;
}

/** Chosen on the validation rows of a synthetic population; docs/local-models.md has the figures. */
export const TOWER_DEFAULTS = {
  hidden: [],
  width: 12,
  epochs: 10,
  batchSize: 256,
  learningRate: 4e-3,
  weightDecay: 1e-3,
  patience: 3,
  corruption: 0.2,
  labelWeight: 0.05,
} as const satisfies Omit<TowerPlan, "seed">;

export interface EpochReport {
  /** The epoch's number, from 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly validationLoss: number;
  /** The epoch with the smallest loss so far. */
  readonly bestEpoch: number;
}

export interface TowerOptions {
  readonly engine: Engine;
  readonly plan: TowerPlan;
  /** The party's own rows; labelCount 0 means that it has no label of its own. */
  readonly train: Examples;
  /** Rows of the same shape that decide when to stop. */
  readonly validation: Examples;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly onEpoch?: ((report: EpochReport) => void) | undefined;
  /**
   * Hears that no epoch had a finite loss. The tower then keeps its seeded start, as epoch 0. Without
   * it such a training throws SATURATION.
   */
  readonly onRunaway?: (() => void) | undefined;
}

/**
 * Trains a party's local model on its own rows, towards its own labels, or, where it has none, as
 * a denoising autoencoder (Vincent et al., ICML 2008): features come back from a copy in which a
 * share of them is 0. Keeps the epoch with the smallest validation loss.
 *
 * @throws SHAPE_MISMATCH if the rows do not fit their declared or each other's shapes, or there
 *   are no validation rows; COLUMN_NOT_FINITE; SATURATION if training diverges and nobody hears of it.
 */
export async function trainTower(options: TowerOptions): Promise<Tower> {
  const { engine, plan, train, validation } = options;
  checkRows(train, validation);
  const objective = objectiveOf(plan, train);
  const loss = lossFor(objective, plan, train);
  const below = encoderPlans(plan);
  const above = headPlans(objective, plan, train);
  const layers = startLayers(train.cols, [...below, ...above], plan.seed);

  const start = copyLayers(layers);
  let best: DenseLayer[] = [];
  let training = { epochs: 0, bestEpoch: 0, validationLoss: Infinity };
  await fit({
    engine,
    layers,
    optimizer: adam(layers, plan),
    loss,
    epochs: plan.epochs,
    stepsPerEpoch: Math.ceil(train.rows / plan.batchSize),
    learningRate: plan.learningRate,
    batchSize: plan.batchSize,
    schedule: shuffledBatches(plan.seed, train.rows, plan.batchSize),
    read: batchReader(objective, train, plan),
    ...(options.onProgress ? { onStep: options.onProgress } : {}),
    afterEpoch: (index) => {
      const epoch = index + 1;
      const validationLoss = lossOn(engine, layers, validation, { objective, loss });
      training = { ...training, epochs: epoch };
      if (validationLoss < training.validationLoss) {
        training = { epochs: epoch, bestEpoch: epoch, validationLoss };
        best = copyLayers(layers);
      }
      const { bestEpoch } = training;
      options.onEpoch?.({ epoch, epochs: plan.epochs, validationLoss, bestEpoch });
      return epoch - bestEpoch >= plan.patience;
    },
  });
  if (best.length === 0) {
    if (options.onRunaway === undefined) {
      throw new MoongateError("SATURATION", "the local model's loss is not a finite number");
    }
    options.onRunaway();
    best = start;
  }

  const encoder = best.slice(0, below.length);
  const embeddings = evaluate(engine, encoder, featuresOf(train));
  const standardisation = fitStandardisation(embeddings, plan.width);
  return towerOn(engine, { objective, encoder, standardisation, training });
}

function encoderPlans({ hidden, width }: TowerPlan): LayerPlan[] {
  return [...hidden.map(reluLayer), { outputs: width, activation: "tanh", spread: forTanh }];
}

function objectiveOf({ labelWeight = Infinity }: TowerPlan, { labelCount }: Examples): Objective {
  if (labelCount === 0) return "reconstruction";
  return labelWeight === Infinity ? "labels" : "both";
}

function lossFor(
  objective: Objective,
  { labelWeight = Infinity }: TowerPlan,
  train: Examples,
): Loss {
  if (objective === "labels") return "logistic";
  if (objective === "reconstruction") return "squared";
  const { cols, labelCount } = train;
  return { logistic: labelCount, weight: (labelWeight * cols) / labelCount };
}

/** What only training needs: the labels' logits, then the way back to the features. */
function headPlans(
  objective: Objective,
  { hidden }: TowerPlan,
  { cols, labelCount }: Examples,
): LayerPlan[] {
  const outputs = { labels: labelCount, reconstruction: cols, both: labelCount + cols }[objective];
  const head: LayerPlan = { outputs, activation: "linear", spread: atZero };
  return objective === "labels" ? [head] : [...hidden.toReversed().map(reluLayer), head];
}

function reluLayer(outputs: number): LayerPlan {
  return { outputs, activation: "relu", spread: forRelu };
}

function batchReader(
  objective: Objective,
  train: Examples,
  plan: TowerPlan,
): (rows: Uint32Array) => Batch {
  const features = featuresOf(train);
  const targets = targetsOf(objective, train);
  if (objective === "labels") {
    return (rows) => ({
      rows: rows.length,
      inputs: gatherRows(features, rows),
      targets: gatherRows(targets, rows),
    });
  }
  const hide = hider(plan);
  return (rows) => {
    const inputs = gatherRows(features, rows);
    hide(inputs);
    return { rows: rows.length, inputs, targets: gatherRows(targets, rows) };
  };
}

/**
 * Makes a share of the values 0, each independently: the number of values up to the next hidden
 * one is geometric, which takes a random number for each hidden value alone.
 */
function hider({ corruption, seed }: TowerPlan): (values: Float32Array) => void {
  if (corruption === 0) return () => undefined;
  const next = uniforms(`${seed} corruption`);
  const scale = 1 / Math.log(1 - corruption);
  const step = (): number => 1 + Math.floor(scale * Math.log(1 - next()));
  return (values) => {
    for (let at = step() - 1; at < values.length; at += step()) values[at] = 0;
  };
}

/** What the outputs shall be: labels, features, or both side by side. */
function targetsOf(objective: Objective, examples: Examples): FeatureTable {
  const { labels, labelCount, features, rows, cols } = examples;
  if (objective === "labels") return { values: labels, rows, cols: labelCount };
  if (objective === "reconstruction") return featuresOf(examples);
  const width = labelCount + cols;
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++) {
    values.set(labels.subarray(row * labelCount, (row + 1) * labelCount), row * width);
    values.set(features.subarray(row * cols, (row + 1) * cols), row * width + labelCount);
  }
  return { values, rows, cols: width };
}

function lossOn(
  engine: Engine,
  layers: readonly DenseLayer[],
  rows: Examples,
  { objective, loss }: { readonly objective: Objective; readonly loss: Loss },
): number {
  const { values, cols } = targetsOf(objective, rows);
  return meanLoss(evaluate(engine, layers, featuresOf(rows)), values, loss, cols);
}

function featuresOf({ features, rows, cols }: Examples): FeatureTable {
  return { values: features, rows, cols };
}

function checkRows(train: Examples, validation: Examples): void {
  checkExamples(train);
  checkExamples(validation);
  if (train.cols !== validation.cols || train.labelCount !== validation.labelCount) {
    throw new MoongateError("SHAPE_MISMATCH", "training and validation rows differ in shape");
  }
  if (train.rows === 0 || validation.rows === 0) {
    throw new MoongateError("SHAPE_MISMATCH", "a local model needs training and validation rows");
  }
}
