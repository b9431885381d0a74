import { at } from "@moongate/errors";
import type { RealMatrix } from "@moongate/views";
import { DenseNetwork, type DenseShape } from "../numeric/dense-network.ts";
import { moments, standardised } from "../numeric/matrices.ts";
import { uniforms } from "@moongate/statistics";
import { startAtRandom } from "../numeric/small-network.ts";
import type { TrainedBottom } from "./bottom.ts";
import type { HeadTask } from "./linear-head.ts";
import { mixMatch, type MixSchedule } from "./mixmatch.ts";

const HIDDEN = 8;

/**
 * So strong a penalty keeps the network near a linear function with bent ends: of few known rows no
 * more can be learnt. Networks that are free learn less from them than a linear head does.
 */
const [CAREFUL, WITH_FEWER_THAN_30] = [
  { steps: 150, decay: 0.1 },
  { steps: 150, decay: 0.3 },
] as const;
/** Learns functions that are not linear, if known rows are many enough to tell them. */
const FREE = { steps: 400, decay: 0.003 } as const;
const TUNED = { steps: 300, decay: 0.03 } as const;

/** A head's task, and the seed of all that is random in it. */
export type SeededTask = HeadTask & { readonly seed: string };

const headOf = (inputs: number): readonly DenseShape[] => [
  { inputs, outputs: HIDDEN, activation: "tanh" },
  { inputs: HIDDEN, outputs: 1, activation: "linear" },
];

/**
 * A network of one hidden layer on standardised columns, trained by MixMatch. The published head of
 * tables is batch normalisation, ReLU and a linear layer: here the moments are those of all rows.
 *
 * @returns a score for every row.
 */
export const networkHead = (task: SeededTask): Float64Array =>
  trained(task, task.known.length < 30 ? WITH_FEWER_THAN_30 : CAREFUL);

/** The same, free to bend. */
export const freeHead = (task: SeededTask): Float64Array => trained(task, FREE);

function trained(task: SeededTask, schedule: MixSchedule): Float64Array {
  const inputs = standardised(task.inputs, moments(task.inputs));
  const network = new DenseNetwork(headOf(inputs.cols));
  const next = uniforms(`head ${task.seed}`);
  for (const layer of network.layers) startAtRandom(layer, next);
  mixMatch(network, { ...task, inputs }, schedule);
  return network.forward(inputs.values, inputs.rows).slice(0, inputs.rows);
}

/**
 * The same head on top of the trained bottom model, which learns with it.
 * @param task its inputs are the bottom model's embeddings.
 */
export function tunedHead(task: SeededTask, { columns, layers }: TrainedBottom): Float64Array {
  const network = new DenseNetwork([...layers, ...headOf(task.inputs.cols)]);
  const next = uniforms(`head ${task.seed}`);
  let bottom = 0;
  network.layers.forEach((layer, index) => {
    const trained = layers[index];
    if (trained === undefined) {
      startAtRandom(layer, next);
      return;
    }
    layer.weights.set(trained.weights);
    bottom += layer.weights.length;
    if (index === layers.length - 1) standardise(layer.weights, task.inputs);
  });
  mixMatch(network, { ...task, inputs: columns }, TUNED, bottom);
  return network.forward(columns.values, columns.rows).slice(0, columns.rows);
}

/** Puts the standardisation of what a layer gives into its weights. */
function standardise(weights: Float64Array, embeddings: RealMatrix): void {
  const { mean, deviation } = moments(embeddings);
  const { cols } = embeddings;
  const bias = weights.length - cols;
  weights.forEach((weight, position) => {
    const unit = position % cols;
    const offset = position < bias ? 0 : at(mean, unit);
    weights[position] = (weight - offset) / (deviation[unit] ?? 1);
  });
}
