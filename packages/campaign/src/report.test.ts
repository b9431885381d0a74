import { expect, it } from "vitest";
import { labelJoiningSchema } from "./report.ts";

it("reads what was written before doubts were told", () => {
  const compared = { alone: 0.7, joint: 0.8, gain: { mean: 0.1, interval: [0.05, 0.15] } };
  const amount = { mean: 10, interval: [5, 15] };
  const before = {
    ...{ verdict: "pays", rate: 0.1, auc: compared, lift10: compared },
    orders: { alone: 1, joint: 2, more: amount },
    money: { gross: amount, fixed: 1, net: amount },
    breakEven: { at: 0.2, interval: [0.1, 0.3] },
  };
  expect(labelJoiningSchema.parse(before)).toEqual({ ...before, suspects: [] });
});
