// Two batches in flight: the second is begun before the first one's update has arrived, so its
// gradient belongs to older weights. What that does to the AUC, beside batches of twice the size,
// which save the same waiting. In floating point, because only the AUC is asked for.
import { createCipheriv, createHash } from "node:crypto";
import { arrangeRows } from "@moongate/alignment";
import { partyConfigShape } from "@moongate/federation";
import { auc } from "@moongate/learning";
import { loadPartyData } from "@moongate/party-data";
import { fittingSchedule } from "@moongate/mpc";

const HIDDEN = 16;
const WEIGHT_DECAY = 1e-3;
const START = 0.2 * 2 * Math.PI;
/** The masked network keeps its hidden weights in turns: in radians they learn at this rate. */
const HIDDEN_RATE = (2 * Math.PI) / 8;

const LABELS = ["store_order", "live_order", "content_visit"];
const EPOCHS = 15;
const RATE = 0.1;

/** On the default population in `folder`: reference batches, two of them in flight, and larger ones. */
export async function compareInFlight(folder) {
  const table = await pooledTable(folder);
  const one = (batchSize, late) => {
    const chosen = fittingSchedule({ batchSize, learningRate: RATE }, table.rows.train);
    return { batchSize, late, ...trainInFlight(table, { ...chosen, epochs: EPOCHS, late }) };
  };
  return [one(256, 0), one(256, 1), one(512, 0), one(1024, 0)];
}

/** Both parties' prepared columns, and the constant, of the users they share. */
async function pooledTable(folder) {
  const config = (file, exclude) =>
    partyConfigShape.data.parse({
      file: `${folder}/${file}`,
      id: "user_id",
      exclude,
      local: "raw",
    });
  const media = await loadPartyData(config("media.csv", ["ad_click"]));
  const commerce = await loadPartyData(config("commerce.csv", ["repeat_purchase"]), {
    labels: LABELS,
  });
  const split = { train: 0.7, validation: 0.1, test: 0.2 };
  const both = (own, others) => {
    const known = new Set(others.ids);
    const rows = Uint32Array.from([...own.ids.keys()].filter((row) => known.has(own.ids[row])));
    return arrangeRows(own.ids, Buffer.from("1"), split, rows);
  };
  const sides = [
    [media, await both(media, commerce)],
    [commerce, await both(commerce, media)],
  ];
  const encoded = [];
  for (const [data, { order, train }] of sides) {
    encoded.push((await data.prepare(order.subarray(0, train))).encode(order));
  }
  const { order, train, validation, test } = sides[1][1];
  const cols = encoded.reduce((sum, each) => sum + each.cols, 1);
  const features = new Float64Array(order.length * cols);
  const labels = new Uint8Array(order.length * LABELS.length);
  order.forEach((row, at) => {
    let column = at * cols;
    features[column++] = 1;
    for (const { cols: width, values } of encoded) {
      features.set(values.subarray(at * width, (at + 1) * width), column);
      column += width;
    }
    LABELS.forEach((name, label) => {
      labels[at * LABELS.length + label] = commerce.labels[name][row];
    });
  });
  return { features, cols, labels, k: LABELS.length, rows: { train, validation, test } };
}

/** Seeded: every training starts alike. */
function normals(length) {
  const key = createHash("sha256").update("in flight").digest();
  const bytes = createCipheriv("aes-256-ctr", key, Buffer.alloc(16)).update(
    Buffer.alloc(8 * length),
  );
  const uniform = (at) => (bytes.readUInt32LE(4 * at) + 0.5) / 2 ** 32;
  return Float64Array.from(
    { length },
    (_, i) => Math.sqrt(-2 * Math.log(uniform(2 * i))) * Math.cos(2 * Math.PI * uniform(2 * i + 1)),
  );
}

/** Rows are in random order already: batches of consecutive rows, in another order each epoch. */
function batches(epoch, rows, batchSize) {
  const starts = [];
  for (let from = 0; from < rows; from += batchSize) starts.push(from);
  const turn = (epoch * 7919) % starts.length;
  return [...starts.slice(turn), ...starts.slice(0, turn)].map((from) =>
    Array.from({ length: Math.min(batchSize, rows - from) }, (_, at) => from + at),
  );
}

/**
 * Validation and test AUC, mean over labels, of the sine network with `late` updates under way.
 * @param table features row-major rows × cols, labels row-major rows × k, in arranged order.
 */
function trainInFlight(table, { batchSize, learningRate, momentum, epochs, late }) {
  const { features, cols, labels, k, rows } = table;
  const network = {
    hidden: normals(cols * HIDDEN).map((value) => (value * START) / Math.sqrt(cols)),
    output: new Float64Array((HIDDEN + 1) * k),
  };
  const velocity = {
    hidden: new Float64Array(cols * HIDDEN),
    output: new Float64Array((HIDDEN + 1) * k),
  };
  const waiting = [];
  const steps = epochs * Math.ceil(rows.train / batchSize);
  let step = 0;
  const land = ({ gradient, rate }) => {
    for (const [name, factor] of [
      ["hidden", HIDDEN_RATE],
      ["output", 1],
    ]) {
      for (let i = 0; i < network[name].length; i++) {
        const pull = (factor * rate * gradient[name][i]) / batchSize;
        const decay = rate * WEIGHT_DECAY * network[name][i];
        velocity[name][i] = momentum * velocity[name][i] + pull + decay;
        network[name][i] -= velocity[name][i];
      }
    }
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const batch of batches(epoch, rows.train, batchSize)) {
      const rate = learningRate * (0.02 + 0.98 * 0.5 * (1 + Math.cos((Math.PI * step) / steps)));
      waiting.push({ gradient: gradientOf(network, batch, table), rate });
      while (waiting.length > late) land(waiting.shift());
      step += 1;
    }
  }
  for (const update of waiting) land(update);

  const measure = (from, count) => {
    let sum = 0;
    for (let label = 0; label < k; label++) {
      const scores = new Float64Array(count);
      const truth = new Uint8Array(count);
      for (let i = 0; i < count; i++) {
        const at = (from + i) * cols;
        scores[i] = forward(network, features.subarray(at, at + cols), k).logits[label];
        truth[i] = labels[(from + i) * k + label];
      }
      sum += auc(scores, truth);
    }
    return sum / k;
  };
  return {
    validation: measure(rows.train, rows.validation),
    test: measure(rows.train + rows.validation, rows.test),
  };
}

function forward({ hidden, output }, x, k) {
  const u = new Float64Array(HIDDEN);
  for (let column = 0; column < x.length; column++) {
    if (x[column] === 0) continue;
    for (let j = 0; j < HIDDEN; j++) u[j] += x[column] * hidden[column * HIDDEN + j];
  }
  const logits = new Float64Array(output.subarray(HIDDEN * k));
  for (let j = 0; j < HIDDEN; j++) {
    const a = Math.sin(u[j]);
    for (let label = 0; label < k; label++) logits[label] += a * output[j * k + label];
  }
  return { u, logits };
}

/** Summed over the batch. */
function gradientOf(network, batch, { features, cols, labels, k }) {
  const gradient = {
    hidden: new Float64Array(cols * HIDDEN),
    output: new Float64Array((HIDDEN + 1) * k),
  };
  for (const row of batch) {
    const x = features.subarray(row * cols, (row + 1) * cols);
    const { u, logits } = forward(network, x, k);
    const error = logits.map(
      (logit, label) => 1 / (1 + Math.exp(-logit)) - labels[row * k + label],
    );
    const below = new Float64Array(HIDDEN);
    for (let label = 0; label < k; label++) gradient.output[HIDDEN * k + label] += error[label];
    for (let j = 0; j < HIDDEN; j++) {
      for (let label = 0; label < k; label++) {
        gradient.output[j * k + label] += Math.sin(u[j]) * error[label];
        below[j] += network.output[j * k + label] * error[label];
      }
      below[j] *= Math.cos(u[j]);
    }
    for (let column = 0; column < cols; column++) {
      if (x[column] === 0) continue;
      for (let j = 0; j < HIDDEN; j++) {
        gradient.hidden[column * HIDDEN + j] += x[column] * below[j];
      }
    }
  }
  return gradient;
}
