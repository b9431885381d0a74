import type { Campaign } from "./campaign.ts";

/** Test rows of the two classes. */
export interface Classes {
  readonly positives: number;
  readonly negatives: number;
}

/** A column that alone nearly decides the label. */
export interface Suspect {
  readonly column: string;
  /** AUC of the label by this column alone. */
  readonly auc: number;
}

/** A difference with its 95% interval; without one where it cannot be told. */
export interface Gain {
  readonly mean: number;
  readonly interval?: readonly [low: number, high: number] | undefined;
}

/** One metric of commerce alone and of the joint model, on the same held-out rows. */
export interface Compared {
  readonly alone: number;
  readonly joint: number;
  /** Joint minus alone, paired. */
  readonly gain: Gain;
}

/** What was measured. */
export interface JoiningInput {
  /** The joint model: "masked sine model". */
  readonly what: string;
  /** The origin of the intervals: "5 paired seeds". */
  readonly basis: string;
  readonly auc: Compared;
  /** Rate of positives in the best-scored tenth over that of all. */
  readonly lift10: Compared;
  /** Share of users who convert. */
  readonly rate: number;
  readonly bytes: number;
  readonly seconds: number;
  /** Lines of the disclosure ledger, if counted. */
  readonly disclosures?: number | undefined;
  /** Share of commerce's users that were matched, if known; without it all are taken as matched. */
  readonly overlap?: number | undefined;
  readonly campaign: Campaign;
  /** Test rows of both classes, if counted: with few of either nothing is told. */
  readonly classes?: Classes | undefined;
  /** Columns of commerce that look like consequences of the label: with one nothing is believed. */
  readonly suspects?: readonly Suspect[] | undefined;
}
