import type { Side } from "../side.ts";
import type { ModelPlan } from "./model.ts";
import type { DpTraining } from "./sensitivity.ts";

/** The public plan of a training, the same at all processes. */
export interface TrainingPlan {
  /** Public seed of the schedule. */
  readonly seed: string;
  readonly model: ModelPlan;
  /** Number of labels trained at once. */
  readonly labels: number;
  /** Rows in arranged order: training, then validation, then test. */
  readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
  readonly width: Readonly<Record<Side, number>>;
  /** Rows are clipped and gradients noisy; logistic regression alone can. */
  readonly dp?: DpTraining | undefined;
  /**
   * Rows are slots of a hidden alignment: `Inputs.slots` says who has a row in which, and `overlap`
   * about what share of the training slots both have one in.
   */
  readonly hidden?: { readonly overlap: number } | undefined;
  /**
   * Validation rows are scored after every epoch, not after the last one alone. Each look opens scores
   * to commerce and has a ledger line.
   */
  readonly watchValidation?: boolean | undefined;
  /** Deviation of media's score offsets, on a logit; `SCORE_NOISE` by default, 0 for none. */
  readonly scoreNoise?: number | undefined;
}
