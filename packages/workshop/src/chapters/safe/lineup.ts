import { randomBytes } from "@moongate/crypto";
import { at } from "@moongate/errors";
import { cpuEngine } from "@moongate/learning/split";
import { jointTables } from "../../session/joint-tables.ts";
import {
  FENCED_TABLE,
  type SentGradient,
  type SplitOutcome,
  trainSplit,
} from "../../split/split-training.ts";

/** Customers in the line-up, and buyers among them. */
const CUSTOMERS = 12;
export const BUYERS = 3;

/** One customer of a batch: what media sees, and the truth, which only commerce has. */
export interface Customer {
  readonly row: number;
  /** Euclidean length of the gradient that came back. */
  readonly length: number;
  readonly bought: boolean;
}

export interface LineUp {
  readonly customers: readonly Customer[];
  readonly outcome: SplitOutcome;
}

/** Trains the split network without a fence, and lines up customers of the last batch that had enough buyers. */
export async function lineUp(): Promise<LineUp> {
  const tables = await jointTables(FENCED_TABLE, FENCED_TABLE.few);
  let customers: readonly Customer[] = [];
  const keep = (sent: SentGradient): void => {
    const all = customersOf(sent);
    const buyers = all.filter(({ bought }) => bought);
    if (buyers.length < BUYERS) return;
    const others = all.filter(({ bought }) => !bought).slice(0, CUSTOMERS - BUYERS);
    customers = [...buyers.slice(0, BUYERS), ...others].sort((a, b) => a.row - b.row);
  };
  const key = randomBytes(32); // no fence draws from it
  const outcome = await trainSplit(await cpuEngine(), tables, {}, key, FENCED_TABLE.seed, keep);
  return { customers, outcome };
}

function customersOf({ rows, labels, gradient, cut }: SentGradient): Customer[] {
  return Array.from(rows, (row, place) => ({
    row,
    length: Math.hypot(...gradient.subarray(place * cut, (place + 1) * cut)),
    bought: at(labels, place) === 1,
  }));
}
