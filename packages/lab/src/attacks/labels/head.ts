import { at } from "@moongate/errors";
import { aucDifference } from "@moongate/statistics";
import type { TrainedBottom } from "./bottom.ts";
import { linearHead } from "./linear-head.ts";
import { freeHead, networkHead, type SeededTask, tunedHead } from "./network-head.ts";

const FOLDS = 2;
/**
 * The number of known rows from which on candidates are tried that have more to learn. With fewer
 * they cost several times as much and tell less.
 */
const MANY = 200;

export interface HeadOptions {
  /** Media's own bottom model, whose embeddings the inputs are. */
  readonly bottom?: TrainedBottom | undefined;
  /** No network, where there are too many tensors for it. */
  readonly linearOnly?: boolean | undefined;
}

type Candidate = (task: SeededTask) => Float64Array;

/**
 * Scores of all rows by a head on known labels: a network trained by MixMatch, unless another
 * candidate is better on known rows that it did not see, by more than a standard error of the
 * difference. Candidates are the linear head with pseudo-labels; with 200 known rows and more the
 * network with next to no penalty, and that on a bottom model that is fine-tuned with it.
 *
 * Only known rows choose: they are cut in two halves, each with both classes; each candidate learns
 * from one and scores the other, and scores of both halves are put on one scale by their moments
 * over all rows.
 *
 * With positives alone known there is nothing to compare: the linear head.
 */
export function headScores(task: SeededTask, options: HeadOptions = {}): Float64Array {
  const { bottom, linearOnly = false } = options;
  const halves = halvesOf(task);
  if (linearOnly || halves === undefined) return linearHead(task);
  const others: Candidate[] = [linearHead];
  if (task.known.length >= MANY) {
    others.push(freeHead);
    if (bottom !== undefined) others.push((each) => tunedHead(each, bottom));
  }
  let [best, scores]: [Candidate, Float64Array] = [networkHead, crossed(networkHead, task, halves)];
  const labels = Uint8Array.from(task.known, (row) => at(task.labels, row));
  for (const candidate of others) {
    const found = crossed(candidate, task, halves);
    const { difference, standardError } = aucDifference(found, scores, labels);
    if (difference > standardError) [best, scores] = [candidate, found];
  }
  return best(task);
}

/** The half that each known row is in; undefined if a half would lack a class. */
function halvesOf({ known, labels }: SeededTask): Uint8Array | undefined {
  const seen = [0, 0];
  const halves = Uint8Array.from(known, (row) => {
    const label = at(labels, row);
    const place = at(seen, label);
    seen[label] = place + 1;
    return place % FOLDS;
  });
  return Math.min(...seen) >= FOLDS ? halves : undefined;
}

/** Scores of the known rows, each by what was learnt from the other half. */
function crossed(candidate: Candidate, task: SeededTask, halves: Uint8Array): Float64Array {
  const out = new Float64Array(task.known.length);
  for (let half = 0; half < FOLDS; half++) {
    const known = task.known.filter((_, index) => halves[index] !== half);
    const scores = candidate({ ...task, known, seed: `${task.seed} half ${half}` });
    const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
    const square = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
    const deviation = Math.sqrt(square) || 1;
    task.known.forEach((row, index) => {
      if (halves[index] === half) out[index] = (at(scores, row) - mean) / deviation;
    });
  }
  return out;
}
