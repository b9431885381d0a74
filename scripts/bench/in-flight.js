// Two batches in flight: the second is begun before the first one's update has arrived, so its
// gradient belongs to older weights. What that does to the AUC, beside batches of twice the size,
// which save the same waiting. In floating point, because only the AUC is asked for.
import { auc } from "@moongate/learning";

const HIDDEN = 16;
const MOMENTUM = 0.9;
const WEIGHT_DECAY = 1e-3;
const START = 0.2 * 2 * Math.PI;
/** The masked network keeps its hidden weights in turns: in radians they learn at this rate. */
const HIDDEN_RATE = (2 * Math.PI) / 8;

/**
 * Validation and test AUC, mean over labels, of the sine network with `late` updates under way.
 * @param table features row-major rows × cols, labels row-major rows × k, in arranged order.
 */
export function trainInFlight(table, { batchSize, learningRate, epochs, late, normals, batches }) {
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
        velocity[name][i] = MOMENTUM * velocity[name][i] + pull + decay;
        network[name][i] -= velocity[name][i];
      }
    }
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const batch of batches(epoch, batchSize)) {
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
    const error = logits.map((logit, label) => 1 / (1 + Math.exp(-logit)) - labels[row * k + label]);
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
