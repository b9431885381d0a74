import { maskedTraining, TwinMachine } from "@moongate/mpc";
import { auc } from "@moongate/statistics";
import { jointTables } from "./joint-tables.ts";
import type { WorkshopPlan } from "./plan.ts";
import { trainingPlan } from "./training.ts";

/** What the joint model stands between: test AUC of commerce alone, and of both tables in the clear. */
export interface InTheClear {
  readonly floor: number;
  readonly ceiling: number;
  /** The same two on validation rows, beside which the federation is drawn epoch by epoch. */
  readonly validation: { readonly floor: number; readonly ceiling: number };
  /** Logits of the test rows by commerce's columns alone. */
  readonly floorScores: Float64Array;
  /** Labels of the test rows, in the common order. */
  readonly testLabels: Uint8Array;
  /** Labels of the training rows, in the common order. */
  readonly trainLabels: Uint8Array;
}

/** Trains the same model in the clear, by the plaintext twin. */
export async function besides(plan: WorkshopPlan): Promise<InTheClear> {
  const { rows, width, features, labels } = await jointTables(plan);
  const { train, validation, test } = rows;
  const { media, commerce } = features;
  const testLabels = labels.subarray(train + validation);
  const validationLabels = labels.subarray(train, train + validation);

  const trained = async (own: Float64Array, columns: number) => {
    const { scores } = await maskedTraining(new TwinMachine(), {
      plan: {
        ...trainingPlan(plan, { ...rows, width: columns }, { ...rows, width: width.commerce }),
        watchValidation: false,
      },
      inputs: { features: { media: own, commerce }, labels },
    });
    if (scores === undefined) throw new Error("the twin has no scores");
    return scores;
  };
  // A column of zeros in media's place: commerce's columns alone decide.
  const alone = await trained(new Float64Array(train + validation + test), 1);
  const pooled = await trained(media, width.media);
  return {
    floor: auc(alone.test, testLabels),
    ceiling: auc(pooled.test, testLabels),
    validation: {
      floor: auc(alone.validation, validationLabels),
      ceiling: auc(pooled.validation, validationLabels),
    },
    floorScores: alone.test,
    testLabels,
    trainLabels: labels.subarray(0, train),
  };
}
