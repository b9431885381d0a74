import { at } from "@moongate/errors";
import type { RealMatrix } from "@moongate/views";
import { fitLogistic, logitsOf, sigmoid, withIntercept } from "../numeric/logistic.ts";
import { rowsOf } from "../numeric/matrices.ts";

/** Rounds of pseudo-labels after the first fit. */
const ROUNDS = 2;

/** What a head learns from. */
export interface HeadTask {
  /** Training rows × numbers. */
  readonly inputs: RealMatrix;
  /** Positions of the rows with known labels. */
  readonly known: Uint32Array;
  /** The labels of all training rows; only those of known rows are looked at. */
  readonly labels: Uint8Array;
  /** Share of positives: known to the adversary. */
  readonly share: number;
}

/**
 * A logistic head on known labels, then twice again on these and on what it then says of all other
 * rows (pseudo-labels, sharpened with temperature 1/2; together they weigh as much as the known
 * ones). The logits are shifted first so that their mean probability is the share of positives.
 * With positives alone known, all other rows are taken as negative, which orders rows alike (Elkan
 * and Noto, KDD 2008).
 *
 * @returns a score for every row.
 */
export function linearHead({ inputs, known, labels, share }: HeadTask): Float64Array {
  const features = withIntercept(inputs);
  const ofKnown = Array.from(known, (row) => at(labels, row));
  if (ofKnown.every((label) => label === 1)) {
    const marked = new Uint8Array(inputs.rows);
    for (const row of known) marked[row] = 1;
    return logitsOf(features, fitLogistic(features, marked));
  }
  let weights = fitLogistic(rowsOf(features, known), ofKnown);
  const others = inputs.rows - known.length;
  const rowWeights = new Float64Array(inputs.rows).fill(known.length / Math.max(1, others));
  for (const row of known) rowWeights[row] = 1;
  for (let round = 0; round < ROUNDS && others > 0; round++) {
    const targets = pseudoLabels(logitsOf(features, weights), share);
    for (const row of known) targets[row] = at(labels, row);
    weights = fitLogistic(features, targets, rowWeights, weights);
  }
  return logitsOf(features, weights);
}

function pseudoLabels(logits: Float64Array, share: number): Float64Array {
  let [low, high] = [-50, 50];
  for (let halving = 0; halving < 40; halving++) {
    const offset = (low + high) / 2;
    const mean = logits.reduce((sum, logit) => sum + sigmoid(logit + offset), 0) / logits.length;
    if (mean > share) high = offset;
    else low = offset;
  }
  // p² / (p² + (1 − p)²) is a logit twice as large.
  return logits.map((logit) => sigmoid(2 * (logit + low)));
}
