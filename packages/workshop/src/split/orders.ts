import type { DefencePlan } from "@moongate/catalogue";
import { sha256 } from "@moongate/crypto";
import { cpuEngine, type Engine } from "@moongate/learning/split";
import { FENCED_TABLE, floorOf, type SplitOutcome, trainSplit } from "./split-training.ts";
import { jointTables, type JointTables } from "../session/joint-tables.ts";
import { maskedOf } from "./masked-training.ts";

/** What the page asks for: a training behind these fences, or commerce alone. */
export type SplitOrder =
  | { readonly id: number; readonly what: "split"; readonly defences: DefencePlan }
  | { readonly id: number; readonly what: "floor" }
  | { readonly id: number; readonly what: "masked" };

/** What comes back, under the order's number. */
export type SplitNews =
  | { readonly id: number; readonly outcome: SplitTold }
  | { readonly id: number; readonly failure: string };

/** An outcome with the labels of the test rows, in figures and names alone. */
export interface SplitTold
  extends Pick<SplitOutcome, "auc" | "leak" | "bytes" | "steps" | "testScores"> {
  readonly attacks: readonly { readonly name: string; readonly leak: number | undefined }[];
  readonly testLabels: Uint8Array;
}

/** A public noise key, so that a link shows the same again; a party's own is secret. */
const NOISE_KEY = sha256("moongate/1 workshop noise of fences");

export async function ordered(order: SplitOrder): Promise<SplitTold> {
  tables ??= jointTables(FENCED_TABLE, FENCED_TABLE.few);
  const [engine, joint] = [await cpuEngine(), await tables];
  const { auc, leak, bytes, steps, testScores, attacks } = await trained(order, engine, joint);
  return {
    ...{ auc, leak, bytes, steps, testScores: testScores.slice() },
    attacks: attacks.map(({ about, leak: found }) => ({ name: about.name, leak: found?.mean })),
    testLabels: joint.labels.slice(joint.rows.train + joint.rows.validation),
  };
}

function trained(order: SplitOrder, engine: Engine, joint: JointTables): Promise<SplitOutcome> {
  const { seed } = FENCED_TABLE;
  if (order.what === "masked") return maskedOf(joint, seed);
  if (order.what === "floor") return floorOf(engine, joint, seed);
  return trainSplit(engine, joint, order.defences, NOISE_KEY, seed);
}

let tables: ReturnType<typeof jointTables> | undefined;
