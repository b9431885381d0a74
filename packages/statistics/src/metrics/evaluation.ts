import { MoongateError } from "@moongate/errors";
import { auc } from "./auc.ts";
import { calibrationError } from "./calibration-error.ts";
import { countClasses } from "./inputs.ts";
import { ks } from "./ks.ts";
import { lift } from "./lift.ts";
import { logLoss } from "./log-loss.ts";
import { prAuc } from "./pr-auc.ts";

/** How good a model is for one label, on one set of rows. */
export interface Evaluation {
  /** Area under the ROC curve; null, like all that compare two classes, where the rows have one. */
  readonly auc: number | null;
  /** Kolmogorov-Smirnov statistic, in [0, 1]. */
  readonly ks: number | null;
  /** Average precision; a constant score has the share of positives. */
  readonly prAuc: number | null;
  /** Mean negative log-likelihood, in nats. */
  readonly logLoss: number;
  /** Expected calibration error over 15 bins of equal mass. */
  readonly calibrationError: number;
  /** Rate of positives in the best-scored tenth over that of all rows. */
  readonly lift10: number | null;
}

const TENTH = 0.1;

/**
 * All metrics of every label. Log-loss and calibration are of the logits' sigmoid; the others see
 * the order of rows alone.
 *
 * @param logits row-major rows × labelCount.
 * @param labels 0 or 1, row-major rows × labelCount.
 * @throws SHAPE_MISMATCH, COLUMN_NOT_FINITE, LABEL_NOT_BINARY.
 */
export function evaluate(
  logits: Float64Array,
  labels: Uint8Array,
  labelCount = 1,
): readonly Evaluation[] {
  if (logits.length !== labels.length || labels.length % labelCount !== 0) {
    const cause = `there are ${logits.length} scores and ${labels.length} values of ${labelCount} labels`;
    throw new MoongateError("SHAPE_MISMATCH", cause);
  }
  const ofLabel = (which: number) => (_: number, index: number) => index % labelCount === which;
  return Array.from({ length: labelCount }, (_, which) =>
    evaluateLabel(logits.filter(ofLabel(which)), labels.filter(ofLabel(which))),
  );
}

function evaluateLabel(logits: Float64Array, labels: Uint8Array): Evaluation {
  const probabilities = logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const { positives, negatives } = countClasses(logits, labels);
  const compared =
    positives === 0 || negatives === 0
      ? { auc: null, ks: null, prAuc: null, lift10: null }
      : {
          auc: auc(logits, labels),
          ks: ks(logits, labels),
          prAuc: prAuc(logits, labels),
          lift10: lift(logits, labels, TENTH),
        };
  return {
    ...compared,
    logLoss: logLoss(probabilities, labels),
    calibrationError: calibrationError(probabilities, labels),
  };
}
