import type { Role } from "@moongate/messages";
import type { View } from "@moongate/views";

/**
 * Who attacks: a process with its view, one that was given the trained model as well, two that put
 * their views together, or who sees none of them.
 */
export type Adversary =
  | Role
  | "commerce with the model"
  | "outsider"
  | "either party"
  | "coordinator+media"
  | "coordinator+commerce";

/** What an attack is, for people and for tables. */
export interface About {
  /** Lower-case with hyphens; names the attack in files. */
  readonly name: string;
  readonly title: string;
  readonly adversary: Adversary;
  readonly target: "labels" | "features" | "membership" | "masks";
  /** What the adversary has beside the view; one sentence without a full stop. */
  readonly knows: string;
  /** Authors, venue, arXiv number. */
  readonly paper: string;
  /** A mark of an attack that takes long: a quick grid leaves a slow one out of most sessions, the slowest of all. */
  readonly effort?: "slow" | "slowest";
}

/**
 * What is true. An attack uses it to score itself, and takes from it what its `about.knows` says
 * and nothing else.
 */
export interface Truth {
  /** All joint rows in arranged order × labels, row-major, 0 or 1. */
  readonly labels?: { readonly values: Uint8Array; readonly names: readonly string[] };
  /** The attacked columns of all joint rows in arranged order, row-major. */
  readonly features?: { readonly values: Float32Array | Float64Array; readonly cols: number };
}

export interface AttackOptions {
  /** Everything random in an attack comes from it. */
  readonly seed: string;
  /** How many facts of the kind that `about.knows` says; each attack has a default. */
  readonly known?: number | undefined;
}

/**
 * Leak AUC: the area under the ROC curve of the adversary's scores against the truth, of each batch
 * apart; batches without a positive or without a negative are left out.
 */
export interface Leak {
  /** The mean over batches. */
  readonly mean: number;
  /** The 95% quantile over batches. */
  readonly q95: number;
  readonly max: number;
  /** Standard error of the mean, and its degrees of freedom: rows of the rarer class, less one. */
  readonly error: number;
  readonly freedom: number;
  /** The mean's 95% interval; rows that come again in later epochs count as one (see leak.ts). */
  readonly interval: readonly [low: number, high: number];
}

/** What an attack found in one tensor about one label. */
export interface Part {
  /** The tensor's name in the view. */
  readonly tensor: string;
  readonly label: string;
  /** The leak; undefined if no batch had both classes. */
  readonly leak: Leak | undefined;
  /** Steps looked at. */
  readonly steps: number;
}

export interface AttackResult {
  readonly about: About;
  /** True if the view has what the attack works on. */
  readonly applicable: boolean;
  /** What is missing if it is not applicable; one sentence without a full stop. */
  readonly why?: string | undefined;
  /**
   * The leak of the worst tensor and label, chosen on the first half of the steps and measured on the second
   * half; of all steps where there is nothing to choose.
   */
  readonly leak: Leak | undefined;
  /** Steps that `leak` comes from. */
  readonly steps: number;
  /** The tensor in which `leak` was found. */
  readonly tensor?: string | undefined;
  readonly label?: string | undefined;
  /** How many facts the attack was given. */
  readonly known?: number | undefined;
  /** Every tensor and label over all steps, uncorrected for having looked at several. */
  readonly parts?: readonly Part[] | undefined;
  /** More figures, by name; `parts` of other than labels too. */
  readonly details?: Readonly<Record<string, number>> | undefined;
}

/** A procedure on a recorded view. */
export interface Attack {
  readonly about: About;
  /** The same question put to somebody who knows as much and saw nothing of the session. */
  readonly supervised?: Attack;
  run(view: View, truth: Truth, options: AttackOptions): AttackResult | Promise<AttackResult>;
}

/** The result of an attack on a view that has not what it works on. */
export const notApplicable = (about: About, why: string): AttackResult => ({
  about,
  applicable: false,
  why,
  leak: undefined,
  steps: 0,
});
