import { alignKeyed, confirmOrder } from "@moongate/alignment";
import { utf8 } from "@moongate/crypto";
import {
  type LedgerLine,
  maskedTraining,
  type OpenedTensor,
  otherSide,
  PartyMachine,
  type Side,
  streamsOfKey,
  SyntheticMasks,
  type TrainingPhase,
} from "@moongate/mpc";
import { auc } from "@moongate/statistics";
import type { Link } from "@moongate/transport/ports";
import type { WorkshopPlan } from "./plan.ts";
import { lineSecret, maskSource, seededBytes, ZERO_MASKS } from "./secrets.ts";
import { receiveSizes, sendSizes } from "./sizes.ts";
import { arranged, type PartyTable, standardised } from "./tables.ts";
import { trainingPlan } from "./training.ts";

export interface PartyLinks {
  /** The line to the other party. In a real federation it runs inside TLS through the coordinator. */
  readonly pair: Link;
  readonly coordinator: Link;
}

/** Callbacks that a party calls while it works. */
export interface PartyObserver {
  readonly onProgress?: (phase: TrainingPhase, done: number, total: number) => void;
  readonly onOpened?: (opened: OpenedTensor) => void;
  readonly onBatch?: (step: number, rows: Uint32Array) => void;
  readonly onDisclosure?: (line: LedgerLine) => void;
  /** AUC on validation rows after an epoch: at commerce, which has the labels. */
  readonly onEpoch?: (epoch: number, auc: number) => void;
}

/** One parameter's share: uniform words unless both are added up. */
export interface ParameterShare {
  readonly name: string;
  readonly rows: number;
  readonly cols: number;
  readonly scale: number;
  readonly words: Uint8Array;
}

export interface WorkshopOutcome {
  readonly parameters: readonly ParameterShare[];
  /** Logits of test rows, at commerce. */
  readonly testScores: Float64Array | undefined;
  readonly ledger: readonly LedgerLine[];
  readonly sizes: { readonly train: number; readonly validation: number; readonly test: number };
  /** Own row numbers in the common order. */
  readonly order: Uint32Array;
}

/**
 * A party's masked session: the same functions that a party's process calls, over whatever links.
 *
 * 1. Align ids with the coordinator's help, and confirm the order with the other party.
 * 2. Say the public sizes.
 * 3. Train under masks; commerce receives the scores of validation and test rows.
 */
export async function runParty(
  side: Side,
  plan: WorkshopPlan,
  table: PartyTable,
  links: PartyLinks,
  observer: PartyObserver = {},
): Promise<WorkshopOutcome> {
  const { pair, coordinator } = links;
  const { ids } = table;
  const pairKey = pair.exportKey("pair key", 32);
  const orderKey = utf8(plan.seed);
  const random = seededBytes(plan.seed, `shuffle of ${side}`);
  const rows = await alignKeyed({ link: coordinator, pairKey, orderKey, ids, random });
  await confirmOrder({ link: pair, pairKey, ids, rows });

  const { order, train, validation, test } = await arranged(ids, plan.seed, rows);
  const own = { train, validation, test, width: table.columns.length };
  await Promise.all([sendSizes(coordinator, own), sendSizes(pair, own)]);
  const other = await receiveSizes(pair);
  const sizes = { [side]: own, [otherSide(side)]: other };
  const training = trainingPlan(plan, sizes["media"] ?? own, sizes["commerce"] ?? own);

  const ledger: LedgerLine[] = [];
  const machine = await PartyMachine.create({
    side,
    pair,
    dealer: coordinator,
    masks: maskSource(coordinator, plan),
    streamsOfKey: plan.zeroMasks ? () => ZERO_MASKS : streamsOfKey,
    synthetic: new SyntheticMasks(lineSecret(plan.seed, `scoring of ${side}`)),
    onDisclosure: (line) => {
      ledger.push(line);
      observer.onDisclosure?.(line);
    },
    onOpened: observer.onOpened,
  });
  const labels =
    table.labels && Uint8Array.from(order, (row) => (table.labels?.[row] === 1 ? 1 : 0));
  const { parameters, scores } = await maskedTraining(machine, {
    plan: training,
    inputs: {
      features: { [side]: standardised(table, order, train) },
      ...(labels === undefined ? {} : { labels }),
    },
    onProgress: observer.onProgress,
    onBatch: observer.onBatch,
    onLook: (epoch, logits) => {
      if (labels === undefined) return;
      observer.onEpoch?.(epoch, auc(logits, labels.subarray(train, train + validation)));
    },
  });
  const shares = Object.entries(parameters).map(([name, part]) => ({
    name,
    rows: part.rows,
    cols: part.cols,
    scale: part.scale,
    words: machine.save(part),
  }));
  machine.close();
  return {
    parameters: shares,
    testScores: scores?.test,
    ledger,
    sizes: { train, validation, test },
    order,
  };
}
