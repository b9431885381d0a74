import { describe, expect, it } from "vitest";
import { chanceAnchoredScore, defenceScore } from "./defence-score.ts";

describe("defence scores", () => {
  it("give an attack at chance .739, and anchored at chance 1", () => {
    const outcome = { attack: 0.5, main: 0.8, undefendedMain: 0.8 };
    expect(defenceScore(outcome)).toBeCloseTo(0.739, 3);
    expect(chanceAnchoredScore(outcome)).toBe(1);
  });

  it("weigh the attack's gain against the main task's loss", () => {
    const outcome = { attack: 0.9, main: 0.7, undefendedMain: 0.8 };
    expect(defenceScore(outcome)).toBeCloseTo(1 / (1 + Math.sqrt(0.5 * 0.81 + 0.5 * 0.01)), 12);
    const anchored = 1 / (1 + Math.sqrt(0.5 * 0.16 + 0.5 * 0.01));
    expect(chanceAnchoredScore(outcome)).toBeCloseTo(anchored, 12);
    expect(defenceScore({ ...outcome, beta: 1 })).toBeCloseTo(1 / 1.1, 12);
    expect(chanceAnchoredScore({ ...outcome, beta: 0 })).toBeCloseTo(1 / 1.4, 12);
  });

  it("do not reward a defence that helps the main task, or an attack below chance", () => {
    const outcome = { attack: 0.4, main: 0.9, undefendedMain: 0.8 };
    expect(chanceAnchoredScore(outcome)).toBe(1);
  });
});
