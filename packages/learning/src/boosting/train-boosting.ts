import { setImmediate } from "node:timers/promises";
import { at } from "@moongate/errors";
import { type BoostedModel, Booster } from "./booster.ts";
import type { BinnedTable } from "./histogram.ts";
import type { BoostingSettings } from "./settings.ts";

/** A label of a table's rows, and which of them are for what. */
export interface BoostingRows {
  /** 0 or 1, one a row of the table. */
  readonly labels: Uint8Array;
  readonly train: Uint32Array;
  /** Rows whose log-loss decides when training ends. */
  readonly heldBack: Uint32Array;
  /** Ends the training with its reason. */
  readonly signal?: AbortSignal | undefined;
}

/** A trained booster, with the log-loss on the held-back rows that it was stopped at. */
export interface TrainedBooster {
  readonly model: BoostedModel;
  readonly loss: number;
}

/**
 * Trains on a table that `binTable` put in bins, until the log-loss on the held-back rows has not fallen for `patience` rounds, and keeps
 * the trees up to its lowest. The event loop gets a turn after each tree.
 */
export async function trainBooster(
  table: BinnedTable,
  { labels, train, heldBack, signal }: BoostingRows,
  settings: BoostingSettings,
): Promise<TrainedBooster> {
  const booster = new Booster(table, labels, train, settings);
  const best = await untilNoBetter(settings, () => {
    signal?.throwIfAborted();
    booster.step();
    return logLoss(booster.scores, labels, heldBack);
  });
  return { model: booster.model(best.rounds), loss: best.loss };
}

/** Takes rounds while the loss falls. @param round takes one, and returns the loss after it. */
export async function untilNoBetter(
  { rounds, patience }: BoostingSettings,
  round: () => number,
): Promise<{ readonly rounds: number; readonly loss: number }> {
  let best = { rounds: 0, loss: Infinity };
  for (let done = 1; done <= rounds && done - best.rounds <= patience; done++) {
    const loss = round();
    if (loss < best.loss) best = { rounds: done, loss };
    await setImmediate();
  }
  return best;
}

/** The mean logarithmic loss of some rows, in nats; 0 of no rows. */
export function logLoss(scores: Float64Array, labels: Uint8Array, rows: Uint32Array): number {
  let sum = 0;
  for (const row of rows) {
    const signed = at(labels, row) === 1 ? -at(scores, row) : at(scores, row);
    sum += Math.max(signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
  }
  return rows.length === 0 ? 0 : sum / rows.length;
}
