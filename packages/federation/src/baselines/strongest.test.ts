import type { ModelReport } from "@moongate/results";
import { describe, expect, it } from "vitest";
import { strongestAlone } from "./strongest.ts";

const metrics = { auc: 0.5, ks: 0, prAuc: 0, logLoss: 1, calibrationError: 0, lift10: 1 };

function model(
  who: ModelReport["who"],
  kind: ModelReport["kind"],
  validation: readonly [number, number],
  test: number,
): ModelReport {
  const of = (auc: number) => ({ ...metrics, auc });
  return {
    ...{ who, kind, oracle: false, trainedRows: 10 },
    validation: { a: of(validation[0]), b: of(validation[1]) },
    test: { a: of(test), b: of(test) },
  };
}

describe("strongestAlone", () => {
  it("is commerce's best on validation rows, mean over labels, whatever the test rows say", () => {
    const models = [
      model("federated", "sine", [0.9, 0.9], 0.9),
      model("commerce", "sine", [0.9, 0.5], 0.8),
      model("commerce", "relu", [0.8, 0.7], 0.6),
      model("commerce", "logistic", [0.7, 0.7], 0.7),
    ];
    expect(strongestAlone(models)).toBe(models[2]);
  });

  it("is nothing where commerce has no model alone", () => {
    expect(strongestAlone([model("federated", "sine", [0.9, 0.9], 0.9)])).toBeUndefined();
  });
});
