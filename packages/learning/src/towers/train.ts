import { MoongateError } from "@moongate/errors";
import type { Engine } from "../engine/engine.ts";
import { evaluate } from "../networks/evaluate.ts";
import { type Batch, fit, type Loss } from "../networks/fit.ts";
import { gatherRows, type Table } from "../networks/gather.ts";
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
import { type Tower, towerOn } from "./tower.ts";

export interface TowerPlan {
  /** Widths of the ReLU layers below the embedding. */
  readonly hidden: readonly number[];
  /** Width of the embedding. */
  readonly width: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Of Adam; decays along half a cosine to 2%. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Epochs without a better validation loss before training ends. */
  readonly patience: number;
  /** Share of the features hidden from an autoencoder. */
  readonly corruption: number;
  readonly seed: string;
}

/** Starting values, the same for all data; the epochs are chosen on the party's validation rows. */
export const TOWER_DEFAULTS = {
  hidden: [64],
  width: 16,
  epochs: 30,
  batchSize: 256,
  learningRate: 2e-3,
  weightDecay: 1e-3,
  patience: 4,
  corruption: 0.2,
} as const satisfies Omit<TowerPlan, "seed">;

export interface EpochReport {
  /** From 1. */
  readonly epoch: number;
  readonly epochs: number;
  readonly validationLoss: number;
  /** Of this and the epochs before, the one with the smallest loss. */
  readonly bestEpoch: number;
}

export interface TowerOptions {
  readonly engine: Engine;
  readonly plan: TowerPlan;
  /** The party's own rows; labelCount 0 means that it has no label of its own. */
  readonly train: Examples;
  /** Rows of the same shape that decide when to stop. */
  readonly validation: Examples;
  readonly onProgress?: (done: number, total: number) => void;
  readonly onEpoch?: (report: EpochReport) => void;
}

/**
 * Trains a party's local model on its own rows, towards its own labels, or, where it has none, as
 * a denoising autoencoder (Vincent et al., ICML 2008): features come back from a copy in which a
 * share of them is 0. Keeps the epoch with the smallest validation loss.
 *
 * @throws SHAPE_MISMATCH if the rows do not fit their declared or each other's shapes, or there
 *   are no validation rows; COLUMN_NOT_FINITE; SATURATION if training diverges.
 */
export async function trainTower(options: TowerOptions): Promise<Tower> {
  const { engine, plan, train, validation } = options;
  checkRows(train, validation);
  const objective = train.labelCount > 0 ? "labels" : "reconstruction";
  const loss = objective === "labels" ? "logistic" : "squared";
  const below = encoderPlans(plan);
  const layers = startLayers(train.cols, [...below, ...headPlans(plan, train)], plan.seed);

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
    read: batchReader(train, plan),
    ...(options.onProgress ? { onStep: options.onProgress } : {}),
    afterEpoch: (index) => {
      const epoch = index + 1;
      const validationLoss = lossOn(engine, layers, validation, loss);
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
    throw new MoongateError("SATURATION", "the local model's loss is not a finite number");
  }

  const encoder = best.slice(0, below.length);
  const embeddings = evaluate(engine, encoder, featuresOf(train));
  const standardisation = fitStandardisation(embeddings, plan.width);
  return towerOn(engine, { objective, encoder, standardisation, training });
}

function encoderPlans({ hidden, width }: TowerPlan): LayerPlan[] {
  return [...hidden.map(reluLayer), { outputs: width, activation: "tanh", spread: forTanh }];
}

/** What only training needs: the labels' logits, or the way back to the features. */
function headPlans({ hidden }: TowerPlan, { cols, labelCount }: Examples): LayerPlan[] {
  const linear = { activation: "linear", spread: atZero } as const;
  if (labelCount > 0) return [{ outputs: labelCount, ...linear }];
  return [...hidden.toReversed().map(reluLayer), { outputs: cols, ...linear }];
}

function reluLayer(outputs: number): LayerPlan {
  return { outputs, activation: "relu", spread: forRelu };
}

function batchReader(train: Examples, plan: TowerPlan): (rows: Uint32Array) => Batch {
  const features = featuresOf(train);
  if (train.labelCount > 0) {
    const labels: Table = { values: train.labels, rows: train.rows, cols: train.labelCount };
    return (rows) => ({
      rows: rows.length,
      inputs: gatherRows(features, rows),
      targets: gatherRows(labels, rows),
    });
  }
  const chance = uniforms(`${plan.seed} corruption`);
  return (rows) => {
    const targets = gatherRows(features, rows);
    const inputs = targets.map((value) => (chance() < plan.corruption ? 0 : value));
    return { rows: rows.length, inputs, targets };
  };
}

function lossOn(engine: Engine, layers: readonly DenseLayer[], rows: Examples, loss: Loss): number {
  const outputs = evaluate(engine, layers, featuresOf(rows));
  return meanLoss(outputs, rows.labelCount > 0 ? rows.labels : rows.features, loss);
}

function featuresOf({ features, rows, cols }: Examples): Table {
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
