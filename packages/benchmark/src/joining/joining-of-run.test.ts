import { describe, expect, it } from "vitest";
import { joiningOfRun } from "./joining-of-run.ts";

type Result = Parameters<typeof joiningOfRun>[0];

const metrics = (auc: number, lift10: number) => ({
  ...{ auc, lift10, ks: 0.4, prAuc: 0.4, logLoss: 0.4, calibrationError: 0.01 },
});
const model = (who: "federated" | "commerce", kind: "sine" | "logistic", gain: number) => ({
  ...{ who, kind, oracle: false, trainedRows: 100, validation: {} },
  test: { a: metrics(0.7 + gain, 3 + gain), b: metrics(0.8 + gain, 2 + gain) },
});
const result: Result = {
  protocol: "masked",
  model: {
    ...{ kind: "sine", hidden: 16, epochs: 1, batchSize: 64, learningRate: 0.1, weightDecay: 0 },
    ...{ momentum: 0.9 },
  },
  models: [
    model("commerce", "logistic", -0.3),
    model("commerce", "sine", 0),
    model("federated", "sine", 0.1),
  ],
  rows: { media: 100, commerce: 80, aligned: 60, train: 40, validation: 10, test: 10 },
  traffic: { rounds: 1, steps: 1, bytes: 5e6, links: [] },
  seconds: { training: 2, total: 9 },
  disclosures: [{ what: "scores", shape: "10 x 2", to: "commerce", why: "to measure" }],
};

describe("joining by one run", () => {
  it("compares models of the same kind, mean over labels", () => {
    const { input } = joiningOfRun(result, { rate: 0.2 }) ?? {};
    expect(input).toMatchObject({
      overlap: 0.75,
      bytes: 5e6,
      seconds: 9,
      disclosures: 1,
      rate: 0.2,
    });
    expect(input?.auc.alone).toBeCloseTo(0.75, 12);
    expect(input?.auc.gain.mean).toBeCloseTo(0.1, 12);
    expect(input?.lift10.joint).toBeCloseTo(2.6, 12);
  });

  it("tells nothing without an interval, and by the interval with one", () => {
    expect(joiningOfRun(result, { rate: 0.2 })?.verdict).toBe("not told");
    const intervals = { auc: [0.05, 0.15], lift10: [0.05, 0.15] } as const;
    const campaign = { conversionValue: 40 };
    expect(joiningOfRun(result, { rate: 0.2, intervals, campaign })?.verdict).toBe("pays");
  });

  it("is not told where commerce alone was not trained", () => {
    expect(
      joiningOfRun({ ...result, models: result.models.slice(2) }, { rate: 0.2 }),
    ).toBeUndefined();
  });
});
