import { describe, expect, it } from "vitest";
import { auc } from "./auc.ts";
import { calibrationError } from "./calibration-error.ts";
import { evaluate } from "./evaluation.ts";
import { ks } from "./ks.ts";
import { lift } from "./lift.ts";
import { logLoss } from "./log-loss.ts";
import { prAuc } from "./pr-auc.ts";
import { normals, uniforms } from "../seeded.ts";

const ROWS = 400;
const logits = normals(uniforms("logits"), ROWS * 2);
const next = uniforms("labels");
const labels = Uint8Array.from(logits, (logit) => (next() < 1 / (1 + Math.exp(-logit)) ? 1 : 0));

describe("evaluate", () => {
  it("gives every label the metrics of its own columns", () => {
    const expected = [0, 1].map((which) => {
      const own = logits.filter((_, index) => index % 2 === which);
      const truth = labels.filter((_, index) => index % 2 === which);
      const probabilities = own.map((logit) => 1 / (1 + Math.exp(-logit)));
      return {
        auc: auc(own, truth),
        ks: ks(own, truth),
        prAuc: prAuc(own, truth),
        logLoss: logLoss(probabilities, truth),
        calibrationError: calibrationError(probabilities, truth),
        lift10: lift(own, truth, 0.1),
      };
    });
    expect(evaluate(logits, labels, 2)).toEqual(expected);
    expect(expected[0]).not.toEqual(expected[1]);
  });

  it("knows a perfect model and a constant one", () => {
    const sure = Float64Array.from(labels, (label) => (label === 1 ? 800 : -800));
    const perfect = { auc: 1, ks: 1, prAuc: 1, logLoss: expect.closeTo(0, 5) as number };
    expect(evaluate(sure, labels)).toMatchObject([{ ...perfect, calibrationError: 0 }]);
    const share = labels.reduce((sum, label) => sum + label, 0) / labels.length;
    const constant = new Float64Array(labels.length).fill(Math.log(share / (1 - share)));
    expect(evaluate(constant, labels)).toMatchObject([
      { auc: 0.5, ks: 0, lift10: expect.closeTo(1, 12) as number },
    ]);
    expect(evaluate(constant, labels)[0]?.prAuc).toBeCloseTo(share, 12);
    expect(evaluate(constant, labels)[0]?.calibrationError).toBeCloseTo(0, 12);
  });

  it("refuses other shapes, and scores that are not finite", () => {
    const code = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (thrown) {
        return (thrown as { code?: unknown }).code;
      }
    };
    expect(code(() => evaluate(logits, labels.subarray(2), 2))).toBe("SHAPE_MISMATCH");
    expect(code(() => evaluate(logits, labels, 3))).toBe("SHAPE_MISMATCH");
    expect(code(() => evaluate(logits.with(5, NaN), labels, 2))).toBe("COLUMN_NOT_FINITE");
  });

  it("has no metrics that compare two classes where a label has one", () => {
    for (const label of [0, 1]) {
      const [first] = evaluate(logits, new Uint8Array(labels.length).fill(label), 2);
      expect(first).toMatchObject({ auc: null, ks: null, prAuc: null, lift10: null });
      expect(first?.logLoss).toBeGreaterThan(0);
    }
  });
});
