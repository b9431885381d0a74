import { describe, expect, it } from "vitest";
import { type AttackResult, notApplicable } from "./attack.ts";
import { norm } from "./labels/norm.ts";
import { excessLeakage, verdict } from "./verdict.ts";

const found = (mean: number, reach = 0.02): AttackResult => ({
  about: norm.about,
  applicable: true,
  leak: { mean, q95: 1, max: 1, interval: [mean - reach, mean + reach] },
  steps: 10,
});
const works = found(0.99);

describe("a verdict", () => {
  it("is broken or leaks where the interval lies off one half", () => {
    expect(verdict({ attack: found(0.97), control: works })).toBe("broken");
    expect(verdict({ attack: found(0.6), control: works })).toBe("leaks");
    expect(verdict({ attack: found(0.4), control: works })).toBe("leaks");
    // A weak attack that finds something has found something.
    expect(verdict({ attack: found(0.6), control: found(0.6) })).toBe("leaks");
  });

  it("is at chance only if the attack works on its insecure control", () => {
    expect(verdict({ attack: found(0.51), control: works })).toBe("at chance");
    expect(verdict({ attack: found(0.51), control: found(0.7) })).toBe("attack too weak");
    const absent = notApplicable(norm.about, "nothing came");
    expect(verdict({ attack: found(0.51), control: absent })).toBe("attack too weak");
    expect(verdict({ attack: absent, control: works })).toBe("not applicable");
  });

  it("counts as leaking only what a supervised model has not", () => {
    const evidence = { attack: found(0.7), control: works };
    expect(verdict({ ...evidence, supervised: found(0.7) })).toBe("at chance");
    expect(verdict({ ...evidence, supervised: found(0.55) })).toBe("leaks");
    expect(excessLeakage(found(0.7), found(0.55))).toBeCloseTo(0.15, 12);
    expect(excessLeakage(found(0.7))).toBeCloseTo(0.2, 12);
    expect(excessLeakage(found(0.7), found(0.4))).toBeCloseTo(0.2, 12);
  });

  it("widens intervals for many cells", () => {
    // z = 2.45 of one cell; Bonferroni's bound for 10 cells is 2.81, for 2 cells 2.24.
    const attack = found(0.5 + (2.45 / 1.96) * 0.02);
    expect(verdict({ attack, control: works })).toBe("leaks");
    expect(verdict({ attack, control: works, comparisons: 2 })).toBe("leaks");
    expect(verdict({ attack, control: works, comparisons: 10 })).toBe("at chance");
  });
});
