import { at } from "@moongate/errors";
import { maskedTraining, TwinMachine } from "@moongate/mpc";
import { auc } from "@moongate/statistics";
import type { WorkshopPlan } from "./plan.ts";
import { arranged, partyTable, standardised } from "./tables.ts";
import { trainingPlan } from "./training.ts";

/** What the joint model stands between: test AUC of commerce alone, and of both tables in the clear. */
export interface InTheClear {
  readonly floor: number;
  readonly ceiling: number;
  /** Labels of the test rows, in the common order. */
  readonly testLabels: Uint8Array;
  /** Labels of the training rows, in the common order. */
  readonly trainLabels: Uint8Array;
}

/**
 * Trains the same model in the clear, by the plaintext twin. It takes somebody who holds both
 * tables: the owner of this page, and nobody in a real federation.
 */
export async function besides(plan: WorkshopPlan): Promise<InTheClear> {
  const tables = {
    media: partyTable("media", plan.seed, plan.users, plan.conversion),
    commerce: partyTable("commerce", plan.seed, plan.users, plan.conversion),
  };
  const known = new Set(tables.commerce.ids);
  const joint = Uint32Array.from(tables.media.ids.keys()).filter((row) =>
    known.has(at(tables.media.ids, row)),
  );
  const atMedia = await arranged(tables.media.ids, plan.seed, joint);
  const rowOf = new Map(tables.commerce.ids.map((id, row) => [id, row]));
  const rowAt = (id: string): number => {
    const row = rowOf.get(id);
    if (row === undefined) throw new Error("a joint id is not among commerce's");
    return row;
  };
  const order = Uint32Array.from(atMedia.order, (row) => rowAt(at(tables.media.ids, row)));
  const { train, validation, test } = atMedia;
  const labels = Uint8Array.from(order, (row) => (tables.commerce.labels?.[row] === 1 ? 1 : 0));
  const commerce = standardised(tables.commerce, order, train);
  const media = standardised(tables.media, atMedia.order, train);
  const testLabels = labels.subarray(train + validation);

  const trained = async (own: Float64Array, width: number): Promise<number> => {
    const rows = { train, validation, test };
    const { scores } = await maskedTraining(new TwinMachine(), {
      plan: trainingPlan(
        plan,
        { ...rows, width },
        { ...rows, width: tables.commerce.columns.length },
      ),
      inputs: { features: { media: own, commerce }, labels },
    });
    if (scores === undefined) throw new Error("the twin has no scores");
    return auc(scores.test, testLabels);
  };
  return {
    // A column of zeros in media's place: commerce's columns alone decide.
    floor: await trained(new Float64Array(order.length), 1),
    ceiling: await trained(media, tables.media.columns.length),
    testLabels,
    trainLabels: labels.subarray(0, train),
  };
}
