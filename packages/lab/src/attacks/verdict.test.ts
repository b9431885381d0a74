import { describe, expect, it } from "vitest";
import { type AttackResult, notApplicable } from "./attack.ts";
import { norm } from "./labels/norm.ts";
import { type Evidence, excessLeakage, type Verdict, verdicts } from "./verdict.ts";

/** So far to either side reaches the interval of a result with that error and many rows. */
const NORMAL = 1.96;
const found = (mean: number, error = 0.01): AttackResult => {
  const interval = [mean - NORMAL * error, mean + NORMAL * error] as const;
  return {
    about: norm.about,
    applicable: true,
    leak: { mean, q95: 1, max: 1, error, freedom: 10_000, interval },
    steps: 10,
  };
};
const works = { attack: found(0.99) };
const absent = notApplicable(norm.about, "nothing came");

/** The verdict on one attack that is a table by itself. */
const verdict = (evidence: Evidence): Verdict | undefined => verdicts([evidence])[0];
const at = (mean: number, error?: number): Verdict | undefined =>
  verdict({ attack: found(mean, error), control: works });

describe("a verdict", () => {
  it("is broken or leaks where the scores are shown to tell something, turned round or not", () => {
    expect([0.97, 0.6, 0.4, 0.03].map((mean) => at(mean))).toEqual([
      "broken",
      "leaks",
      "leaks",
      "broken",
    ]);
    // A weak attack that finds something has found something.
    expect(verdict({ attack: found(0.6), control: { attack: found(0.6) } })).toBe("leaks");
  });

  it("is at chance only if the interval rules a leak out, on both sides", () => {
    expect(at(0.51)).toBe("at chance");
    expect(at(0.49)).toBe("at chance");
    // .536 (.169 to .902) says nothing.
    expect(at(0.536, 0.187)).toBe("undecided");
    expect(at(0.52, 0.05)).toBe("undecided");
    expect(at(0.48, 0.05)).toBe("undecided");
  });

  it("is undecided where a leak is shown alone, but not among many", () => {
    const attack = found(0.5 + 2.45 * 0.01);
    expect(verdict({ attack, control: works })).toBe("leaks");
    const many = Array.from({ length: 9 }, () => ({ attack: found(0.5), control: works }));
    expect(verdicts([{ attack, control: works }, ...many])[0]).toBe("undecided");
  });

  it("counts Student's degrees of freedom: few positives show little", () => {
    const evidence = (freedom: number): Evidence => {
      const { leak, ...result } = found(0.6, 0.02);
      return {
        attack: { ...result, leak: leak && { ...leak, freedom } },
        control: works,
      };
    };
    const beside = Array.from({ length: 99 }, () => ({ attack: found(0.5), control: works }));
    // t = 5: beyond the normal's bound for 100 tests, 3.48, and short of that of 4 degrees, 13.
    expect(verdicts([evidence(10_000), ...beside])[0]).toBe("leaks");
    expect(verdicts([evidence(4), ...beside])[0]).toBe("undecided");
  });

  it("is too weak where the attack does not work on its insecure control", () => {
    const by = (control: Evidence["control"]) => verdict({ attack: found(0.51), control });
    expect(by({ attack: found(0.7) })).toBe("attack too weak");
    expect(by({ attack: absent })).toBe("attack too weak");
    expect(by(undefined)).toBe("attack too weak");
    expect(by({ attack: found(0.85, 0.3) })).toBe("attack too weak");
    expect(verdict({ attack: absent, control: works })).toBe("not applicable");
  });

  it("asks of the control that what came tells more than a supervised model", () => {
    const by = (supervised: AttackResult) =>
      verdict({ attack: found(0.51), control: { attack: found(0.9), supervised } });
    expect(by(found(0.7))).toBe("at chance");
    expect(by(found(0.9))).toBe("attack too weak");
    expect(by(found(0.89))).toBe("attack too weak");
  });

  it("is never at chance on the control itself", () => {
    const by = (mean: number) => verdict({ attack: found(mean), control: "itself" });
    expect([0.5, 0.7, 0.99].map(by)).toEqual(["attack too weak", "leaks", "broken"]);
  });

  it("counts as leaking only what a supervised model has not", () => {
    const evidence = { attack: found(0.7), control: works };
    const by = (supervised: AttackResult) => verdict({ ...evidence, supervised });
    expect(by(found(0.7))).toBe("as a supervised model");
    expect(by(found(0.55))).toBe("leaks");
    // Of the excess nothing is known.
    expect(by(found(0.7, 0.1))).toBe("undecided");
    // Turned round it is .7 as well.
    expect(verdict({ attack: found(0.3), control: works, supervised: found(0.7) })).toBe(
      "as a supervised model",
    );
    expect(excessLeakage(found(0.7), found(0.55))).toBeCloseTo(0.15, 12);
    expect(excessLeakage(found(0.7))).toBeCloseTo(0.2, 12);
    expect(excessLeakage(found(0.7), found(0.4))).toBeCloseTo(0.2, 12);
  });
});
