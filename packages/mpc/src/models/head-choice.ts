import { at } from "@moongate/errors";
import type { Inputs } from "../machine.ts";
import { SCORE_NOISE } from "../noise/score-offsets.ts";
import { type HeadScores, selectHeads, type Selection, weightedLogits } from "./selection.ts";
import type { TrainingPlan } from "./training-plan.ts";

/** What commerce chose, and what it predicts for the validation rows. */
export interface ChosenHeads extends Selection {
  readonly scores: HeadScores;
  /** Logits of the validation rows, row-major rows × labels. */
  readonly validation: Float64Array;
}

/**
 * The deviation of the offsets on each head's logits: √heads times that on a single one. The mean of
 * the heads, with offsets that are independent, then has that of a single one, and any other weights
 * a larger one: no weighting of the heads tells a user's logit more exactly than one head would. The
 * offset of the kept model is independent of these: a later prediction of the same validation users
 * is one more draw, and the mean of both has a smaller deviation.
 */
export const headNoise = ({ scoreNoise = SCORE_NOISE }: TrainingPlan, heads: number): number =>
  scoreNoise * Math.sqrt(heads);

/**
 * Commerce's choice among heads, from their logits of the validation rows.
 * @param logits undefined at who has none.
 */
export function chooseHeads(
  logits: Float64Array | undefined,
  heads: number,
  { labels, rows }: TrainingPlan,
  inputs: Inputs,
): ChosenHeads | undefined {
  if (logits === undefined || inputs.labels === undefined) return undefined;
  const { train, validation } = rows;
  const own = inputs.slots?.commerce;
  const truth = inputs.labels
    .subarray(train * labels, (train + validation) * labels)
    .filter((_, index) => own === undefined || at(own, train + Math.floor(index / labels)) === 1);
  const scores = { heads, labels, logits, truth };
  const selection = selectHeads(scores);
  return { ...selection, scores, validation: weightedLogits(scores, selection.weights) };
}
