import { describe, expect, it } from "vitest";
import { planChoices } from "./configs.ts";
import { NOISY_SCHEDULE, noiseChoices } from "./noise-choices.ts";

describe("--epsilon", () => {
  it("asks for the logistic model and a schedule that suits noise, unless others are named", () => {
    expect(planChoices({ seed: "1", epsilon: 2, clip: 1 })).toEqual({
      seed: "1",
      model: { kind: "logistic", ...NOISY_SCHEDULE },
      dp: { epsilon: 2, clip: 1 },
    });
    const named = planChoices({ seed: "1", epsilon: 2, epochs: 5, learningRate: 0.5 });
    expect(named.model).toEqual({ kind: "logistic", epochs: 5, learningRate: 0.5 });
    expect(planChoices({ seed: "1", epsilon: 2, model: "sine" }).model?.kind).toBe("sine");
  });

  it("is what --delta and --clip go with", () => {
    expect(noiseChoices({})).toEqual({});
    expect(planChoices({ seed: "1" }).dp).toBeUndefined();
    for (const alone of [{ delta: 1e-6 }, { clip: 1 }]) {
      expect(() => noiseChoices(alone)).toThrow(expect.objectContaining({ code: "USAGE" }));
    }
  });
});
