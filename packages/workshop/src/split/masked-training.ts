import { CostRecorder, maskedTraining } from "@moongate/mpc";
import { auc } from "@moongate/statistics";
import type { JointTables } from "../session/joint-tables.ts";
import { DEFAULT_PLAN } from "../session/plan.ts";
import { trainingPlan } from "../session/training.ts";
import type { SplitOutcome } from "./split-training.ts";

/** The leak AUC of somebody who sees uniform words: media's attempt on real ones is in the live chapter. */
const CHANCE = 0.5;

/**
 * The masked training on the same rows: its result by the plaintext twin, which equals it to the
 * rounding of shares, and its bytes as its operations declare them, which frames are held to.
 */
export async function maskedOf(
  { rows, width, features, labels }: JointTables,
  seed: string,
): Promise<SplitOutcome> {
  const recorder = new CostRecorder();
  const { media, commerce } = width;
  const { scores } = await maskedTraining(recorder, {
    plan: trainingPlan(
      { ...DEFAULT_PLAN, seed },
      { ...rows, width: media },
      { ...rows, width: commerce },
    ),
    inputs: { features, labels },
  });
  if (scores === undefined) throw new Error("the twin has no scores");
  const bytes = recorder.rounds
    .flat()
    .reduce((sum, { cost: { opened, dealt } }) => sum + opened.media + opened.commerce + dealt, 0);
  return {
    auc: auc(scores.test, labels.subarray(rows.train + rows.validation)),
    testScores: scores.test,
    attacks: [],
    leak: CHANCE,
    bytes,
    steps: recorder.rounds.length,
  };
}
