// What the size of a batch does to the AUC, and what two batches in flight would do, on the demo's
// own population over several seeds.
import { auc } from "@moongate/statistics";
import { trainNetwork } from "@moongate/learning";
import { fittingSchedule } from "@moongate/mpc";
import { meanAuc, preparedRows, twinAuc } from "./three-tables.js";

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
];

/**
 * Validation and test AUC, mean over labels: of the plaintext twin of the default network by batch
 * size, and of the same network in single precision with gradients a step late.
 */
export async function benchBatchSizes(table, { seeds, sizes, engine }) {
  const batchSizes = [];
  const inFlight = [];
  for (const seed of seeds) {
    const prepared = await preparedRows(table, seed);
    const train = prepared.joint.rows.train;
    for (const batchSize of sizes) {
      const { batchSize: fitted, ...rates } = fittingSchedule(
        { batchSize, learningRate: RATE },
        train,
      );
      const found = await twinAuc(prepared, { kind: "sine", batchSize });
      batchSizes.push({ seed, batchSize, fitted, ...rates, ...found });
    }
    for (const [batchSize, late] of FLIGHTS) {
      inFlight.push({
        seed,
        batchSize,
        late,
        ...(await floatAuc(prepared, engine, batchSize, late)),
      });
    }
  }
  return { batchSizes, inFlight };
}

async function floatAuc({ plan, joint }, engine, batchSize, late) {
  const { rows, labels, media, commerce } = joint;
  const k = plan.labels.length;
  const cols = media.cols + commerce.cols;
  const features = (from, to) => {
    const parts = [media, commerce].map((part) => ({ part, values: part.rows(from, to) }));
    const joined = new Float32Array((to - from) * cols);
    for (let row = 0; row < to - from; row++) {
      let at = row * cols;
      for (const { part, values } of parts) {
        joined.set(values.subarray(row * part.cols, (row + 1) * part.cols), at);
        at += part.cols;
      }
    }
    return joined;
  };
  const { learningRate, momentum } = fittingSchedule({ batchSize, learningRate: RATE }, rows.train);
  const network = await trainNetwork(
    {
      ...{
        engine,
        kind: "sine",
        hidden: HIDDEN,
        epochs: EPOCHS,
        batchSize,
        learningRate,
        momentum,
      },
      ...{ weightDecay: WEIGHT_DECAY, seed: plan.seed, late },
    },
    {
      ...{ features: features(0, rows.train), rows: rows.train, cols },
      ...{ labels: labels.subarray(0, rows.train * k), labelCount: k },
    },
  );
  const measure = (from, count, label) => {
    const logits = network.predict(features(from, from + count));
    const every = (values, first) =>
      Float64Array.from({ length: count }, (_, row) => values[(first + row) * k + label]);
    return auc(every(logits, 0), Uint8Array.from(every(labels, from)));
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
