import type { Metrics, ModelReport } from "@moongate/results";
import type { UnitResult } from "./unit.ts";

type Held = Pick<Required<UnitResult>, "validation" | "test">;

/** A model's figures on held-out rows, the mean over its labels. */
export const heldOut = ({ validation, test }: ModelReport): Held => ({
  validation: meanOf(Object.values(validation)),
  test: meanOf(Object.values(test)),
});

function meanOf(labels: readonly Metrics[]): Required<UnitResult>["test"] {
  const mean = (name: keyof Metrics): number =>
    labels.reduce((sum, metrics) => sum + (metrics[name] ?? Number.NaN), 0) /
    Math.max(1, labels.length);
  return {
    auc: mean("auc"),
    ks: mean("ks"),
    prAuc: mean("prAuc"),
    logLoss: mean("logLoss"),
    calibrationError: mean("calibrationError"),
    lift10: mean("lift10"),
  };
}
