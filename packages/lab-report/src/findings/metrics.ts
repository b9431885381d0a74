import type { UnitResult } from "@moongate/lab";

export type TestMetrics = NonNullable<UnitResult["test"]>;

/** The metrics of a model in the order of the report. */
export const METRICS: readonly {
  readonly key: keyof TestMetrics;
  readonly name: string;
  readonly places: number;
}[] = [
  { key: "auc", name: "AUC", places: 4 },
  { key: "ks", name: "KS", places: 4 },
  { key: "lift10", name: "lift at 10%", places: 2 },
  { key: "prAuc", name: "PR-AUC", places: 4 },
  { key: "logLoss", name: "log-loss", places: 4 },
  { key: "calibrationError", name: "calibration error", places: 4 },
];
