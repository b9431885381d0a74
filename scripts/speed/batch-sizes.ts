// What the size of a batch does to the AUC, and what two batches in flight would do, on the demo's
// own population over several seeds.
import { type Engine, trainNetwork } from "@moongate/learning";
import { fittingSchedule } from "@moongate/mpc";
import { auc } from "@moongate/statistics";
import {
  type Aucs,
  type BenchTable,
  meanAuc,
  type PreparedRows,
  preparedRows,
  twinAuc,
} from "../bench/three-tables.ts";

const EPOCHS = 15;
const RATE = 0.1;
const HIDDEN = 16;
const WEIGHT_DECAY = 1e-3;
/** Batch size and steps by which gradients are late: the reference size first. */
const FLIGHTS = [
  [256, 0],
  [256, 1],
  [512, 0],
  [1024, 0],
] as const;

/** The plaintext twin of the default network at a batch size. */
export interface BatchSizeRun extends Aucs {
  readonly seed: string;
  readonly batchSize: number | "auto";
  /** The size that the plan settles on. */
  readonly fitted: number;
  readonly learningRate: number;
  readonly momentum: number;
}

/** The same network in single precision, its gradients late by some steps. */
export interface InFlightRun extends Aucs {
  readonly seed: string;
  readonly batchSize: number;
  readonly late: number;
}

export interface BatchSizeChoices {
  readonly seeds: readonly string[];
  readonly sizes: readonly (number | "auto")[];
  readonly engine: Engine;
}

/** Validation and test AUC, mean over labels, by batch size and by batches in flight. */
export async function benchBatchSizes(
  table: BenchTable,
  { seeds, sizes, engine }: BatchSizeChoices,
): Promise<{ readonly batchSizes: BatchSizeRun[]; readonly inFlight: InFlightRun[] }> {
  const batchSizes: BatchSizeRun[] = [];
  const inFlight: InFlightRun[] = [];
  for (const seed of seeds) {
    const prepared = await preparedRows(table, seed);
    const train = prepared.joint.rows.train;
    for (const batchSize of sizes) {
      const choice = { batchSize, learningRate: RATE };
      const { batchSize: fitted, learningRate, momentum } = fittingSchedule(choice, train);
      const found = await twinAuc(prepared, { kind: "sine", batchSize });
      batchSizes.push({ seed, batchSize, fitted, learningRate, momentum, ...found });
    }
    for (const [batchSize, late] of FLIGHTS) {
      const found = await floatAuc(prepared, engine, batchSize, late);
      inFlight.push({ seed, batchSize, late, ...found });
    }
  }
  return { batchSizes, inFlight };
}

async function floatAuc(
  { plan, joint }: PreparedRows,
  engine: Engine,
  batchSize: number,
  late: number,
): Promise<Aucs> {
  const { rows, labels, media, commerce } = joint;
  const k = plan.labels.length;
  const cols = media.cols + commerce.cols;
  const features = (from: number, to: number): Float32Array => {
    const parts = [media, commerce].map((part) => ({
      cols: part.cols,
      values: part.rows(from, to),
    }));
    const joined = new Float32Array((to - from) * cols);
    for (let row = 0; row < to - from; row++) {
      let at = row * cols;
      for (const part of parts) {
        joined.set(part.values.subarray(row * part.cols, (row + 1) * part.cols), at);
        at += part.cols;
      }
    }
    return joined;
  };
  const { learningRate, momentum } = fittingSchedule({ batchSize, learningRate: RATE }, rows.train);
  const schedule = { epochs: EPOCHS, batchSize, learningRate, momentum, weightDecay: WEIGHT_DECAY };
  const network = await trainNetwork(
    { engine, kind: "sine", hidden: HIDDEN, ...schedule, seed: plan.seed, late },
    {
      ...{ features: features(0, rows.train), rows: rows.train, cols },
      ...{ labels: labels.subarray(0, rows.train * k), labelCount: k },
    },
  );
  const measure = (from: number, count: number, label: number): number => {
    const logits = network.predict(features(from, from + count));
    const ofLabel = (_: number, index: number): boolean => index % k === label;
    return auc(
      Float64Array.from(logits.filter(ofLabel)),
      labels.subarray(from * k, (from + count) * k).filter(ofLabel),
    );
  };
  const first = rows.train + rows.validation;
  return meanAuc(
    Object.fromEntries(
      plan.labels.map((name, label) => [
        name,
        {
          validation: measure(rows.train, rows.validation, label),
          test: measure(first, rows.test, label),
        },
      ]),
    ),
  );
}
