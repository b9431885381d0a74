import { describe, expect, it } from "vitest";
import type { UnitResult } from "@moongate/lab";
import { tableReports } from "../report.ts";
import { makeResults, TABLES } from "../results.fixture.ts";
import { headlineSection } from "./headline.ts";

const one = makeResults(TABLES.slice(0, 1));
const words = (results: readonly UnitResult[]): string =>
  headlineSection(tableReports(results, {}))
    .text.replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ");

/** The same with figures of some attacks of masked sessions changed. */
const masked = (change: (leak: Leak) => Leak): UnitResult[] =>
  one.map((result) =>
    result.unit.protocol === "masked" && result.unit.control === "none"
      ? {
          ...result,
          attacks: result.attacks.map((attack) =>
            attack.leak === undefined ? attack : { ...attack, leak: change(attack.leak) },
          ),
        }
      : result,
  );
type Leak = NonNullable<UnitResult["attacks"][number]["leak"]>;

/** Every masked model's members are found, and its test AUC with noise moved by so much. */
const withMembers = (moved: number): UnitResult[] =>
  one.map((result) => {
    const { unit, test } = result;
    if (unit.protocol !== "masked" || unit.control !== "none" || test === undefined) return result;
    const leak = { mean: 0.56, q95: 0.56, max: 0.56, low: 0.55, high: 0.57, error: 0.005 };
    const attack = {
      ...{ name: "lira", title: "LiRA", adversary: "outsider", target: "membership" as const },
      ...{ applicable: true, leak: { ...leak, freedom: 500 } },
      control: { mean: 0.95, error: 0.01, freedom: 20 },
    };
    const noisy = unit.epsilon === undefined ? test : { ...test, auc: test.auc + moved };
    return { ...result, test: noisy, attacks: [...result.attacks, attack] };
  });

describe("the headline's tiles", () => {
  it("carry their verdicts", () => {
    const found = words(one);
    expect(found).toMatch(
      /worst leak, masked 0\.5\d\d 0\.5 is chance at chance 0\.\d{3} to 0\.\d{3}/,
    );
    expect(found).toMatch(/worst leak, split 0\.9\d\d labels, to media broken/);
    expect(found).toMatch(/masked minus pooled \S+ test AUC no difference shown/);
    expect(found).toContain("test AUC over commerce alone joining helps");
  });

  it("read undecided, not chance, where the interval goes past 0.6", () => {
    const found = words(
      masked((leak) => ({ ...leak, mean: leak.mean + 0.02, error: 0.1, freedom: 9 })),
    );
    expect(found).toMatch(
      /worst leak, masked 0\.5\d\d 0\.5 is chance undecided 0\.\d{3} to 0\.[6-9]/,
    );
    expect(found).toContain("undecided, since the interval is too wide");
  });

  it("read leaks where any attack on it does", () => {
    expect(words(masked((leak) => ({ ...leak, mean: 0.7 })))).toMatch(
      /worst leak, masked 0\.700 0\.5 is chance leaks/,
    );
  });
});

describe("the headline on noise", () => {
  it("recommends it with the smallest ε that still beats commerce alone", () => {
    expect(words(withMembers(0))).toMatch(
      /Noise in the training is what answers that: with ε = 1 the model is still better than commerce alone, by \+0\.0/,
    );
  });

  it("does not recommend it where it takes what joining brings, and says so of each ε", () => {
    const found = words(withMembers(-0.05));
    expect(found).toContain("but on this table it takes what joining brings");
    expect(found).toMatch(/ε = 1: test AUC 0\.6\d\d\d, below commerce alone/);
    expect(found).not.toContain("still better");
  });
});
