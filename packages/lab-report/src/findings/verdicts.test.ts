import { describe, expect, it } from "vitest";
import type { AttackOutcome, Unit, UnitResult } from "@moongate/lab";
import { Attacks } from "./controls.ts";
import { tablesOf } from "./settings.ts";
import { worstLeak } from "./worst.ts";

const SEEDS = 5;
const WIGGLE = [-0.01, -0.005, 0, 0.005, 0.01];
/** The error of each run by its rows; the seeds spread by a little more. */
const ERROR = 0.005;

interface Attack {
  readonly name?: string;
  readonly adversary?: string;
  readonly target?: AttackOutcome["target"];
  readonly leak: number;
  readonly excess?: number;
}

/** Units of one setting whose attacks find so much, with a little luck. */
function runs(own: Partial<Unit>, ...attacks: readonly Attack[]): UnitResult[] {
  return Array.from({ length: SEEDS }, (_, seed) => {
    const unit: Unit = {
      ...{ id: "unit", data: "table", seed: String(seed), protocol: "masked", model: "sine" },
      ...{ control: "none", ...own },
    };
    const outcomes = attacks.map(
      ({ name = "norm", adversary = "media", target = "labels", leak, excess }): AttackOutcome => {
        const mean = leak + (WIGGLE[seed] ?? 0);
        const error = { error: ERROR, freedom: 100 };
        const spread = { q95: mean, max: mean, low: mean, high: mean, ...error };
        return {
          ...{ name, title: name, adversary, target, applicable: true, leak: { mean, ...spread } },
          ...(excess === undefined
            ? {}
            : {
                excess: excess + (WIGGLE[seed] ?? 0),
                supervised: { mean: leak - excess, ...error },
              }),
        };
      },
    );
    return {
      ...{ format: "moongate-benchmark-unit", version: 1, unit, status: "done" },
      ...{ attacks: outcomes, rows: { train: 1, validation: 1, test: 1 } },
    };
  });
}

/** What is said of the first setting. */
function verdicts(...results: readonly UnitResult[][]): string[] {
  const [table] = tablesOf(results.flat());
  const key = tablesOf(results[0] ?? [])[0]?.settings[0]?.key;
  if (table === undefined) throw new Error("no table");
  const setting = table.settings.find((each) => each.key === key);
  if (setting === undefined) throw new Error("no setting");
  return new Attacks(table).on(setting).map(({ verdict }) => verdict);
}

const split = (leak: number): UnitResult[] => runs({ protocol: "split" }, { leak });
const masksOff = (leak: number): UnitResult[] => runs({ control: "masks-off" }, { leak });

describe("what an attack says of a setting", () => {
  it.each<[string, string, UnitResult[][]]>([
    [
      "at chance, if it works with the masks off",
      "at chance",
      [runs({}, { leak: 0.5 }), masksOff(0.97)],
    ],
    [
      "too weak, if it fails with the masks off",
      "attack too weak",
      [runs({}, { leak: 0.5 }), masksOff(0.6)],
    ],
    ["too weak, if there is no control", "attack too weak", [runs({}, { leak: 0.5 })]],
    [
      "too weak, if only a split was broken by it",
      "attack too weak",
      [runs({}, { leak: 0.5 }), split(0.99)],
    ],
    ["a leak, with or without a control", "leaks", [runs({}, { leak: 0.7 })]],
    ["a leak, if it errs reliably", "leaks", [runs({}, { leak: 0.3 }), masksOff(0.97)]],
    ["broken", "broken", [runs({}, { leak: 0.98 })]],
    [
      "no more than a supervised model",
      "as a supervised model",
      [runs({}, { leak: 0.7, excess: 0 }), masksOff(0.97)],
    ],
    [
      "a leak beyond a supervised model",
      "leaks",
      [runs({}, { leak: 0.7, excess: 0.1 }), masksOff(0.97)],
    ],
    [
      "a defended split, by the undefended one",
      "at chance",
      [
        runs(
          { protocol: "split", defence: { place: "gradient", kind: "x", title: "x", strength: 1 } },
          { leak: 0.5 },
        ),
        split(0.99),
      ],
    ],
    [
      "the coordinator alone, by what it does with a party's view",
      "at chance",
      [
        runs({ control: "coordinator" }, { name: "alone", adversary: "coordinator", leak: 0.5 }),
        runs(
          { control: "coordinator+media" },
          { name: "joined", adversary: "coordinator+media", leak: 0.99 },
        ),
      ],
    ],
  ])("is %s", (_name, verdict, results) => {
    expect(verdicts(...results)).toEqual([verdict]);
  });

  it("is never at chance on its own control", () => {
    const defence = { place: "gradient", kind: "x", title: "x", strength: 1 } as const;
    for (const [control, defended] of [
      [split(0.5), runs({ protocol: "split", defence }, { leak: 0.5 })],
      [masksOff(0.5), runs({}, { leak: 0.5 })],
    ] as const) {
      expect(verdicts(control, defended)).toEqual(["attack too weak"]);
    }
  });

  it("is undecided where runs have too few rows to rule a leak out", () => {
    const few = runs({}, { leak: 0.5 }).map((result) => ({
      ...result,
      attacks: result.attacks.map((each) => ({
        ...each,
        ...(each.leak === undefined ? {} : { leak: { ...each.leak, error: 0.2, freedom: 9 } }),
      })),
    }));
    expect(verdicts(few, masksOff(0.97))).toEqual(["undecided"]);
  });

  it("claims a leak for all cells of the table together", () => {
    const leak = 0.5 + 2.9 * Math.sqrt(0.0000625 / 5);
    expect(verdicts(runs({}, { leak }), masksOff(0.97))).toEqual(["leaks"]);
    const none = Array.from({ length: 20 }, (_, at) => ({ name: `none ${at}`, leak: 0.5 }));
    const many = runs({}, { leak }, ...none);
    expect(verdicts(many, masksOff(0.97))[0]).toBe("undecided");
  });

  it("prefers the control of the same kind of model", () => {
    const weak = runs({ control: "masks-off", model: "sine" }, { leak: 0.6 });
    const strong = runs({ control: "masks-off", model: "logistic" }, { leak: 0.99 });
    expect(verdicts(runs({ model: "sine" }, { leak: 0.5 }), weak, strong)).toEqual([
      "attack too weak",
    ]);
    expect(verdicts(runs({ model: "logistic" }, { leak: 0.5 }), weak, strong)).toEqual([
      "at chance",
    ]);
  });

  it("never says safe", () => {
    for (const leak of [0.1, 0.5, 0.7, 1]) {
      for (const control of [0.5, 1]) {
        expect(verdicts(runs({}, { leak }), masksOff(control)).join()).not.toMatch(/safe|secure/);
      }
    }
  });
});

describe("the worst leak", () => {
  const worst = (...results: readonly UnitResult[][]) => {
    const [table] = tablesOf(results.flat());
    const [setting] = table?.settings ?? [];
    if (table === undefined || setting === undefined) throw new Error("no setting");
    return worstLeak(new Attacks(table).on(setting), "media");
  };

  it("is the highest mean, from the corrected lower end to the highest upper end", () => {
    const found = worst(runs({}, { name: "a", leak: 0.6 }, { name: "b", leak: 0.7 }));
    expect(found).toMatchObject({ attack: "b", attacks: 2, weak: false });
    const error = Math.sqrt(0.0000625 / 5);
    expect(found?.leak.mean).toBeCloseTo(0.7, 12);
    expect(found?.leak.interval?.[0]).toBeCloseTo(0.7 - 3.495405933 * error, 7);
    expect(found?.leak.interval?.[1]).toBeCloseTo(0.7 + 2.776445105 * error, 7);
  });

  it("reaches as high as any of the attacks may, not the one alone that was picked", () => {
    const [one, other] = [runs({}, { name: "sure", leak: 0.6 }), runs({}, { leak: 0.59 })];
    const vague = other.map((result) => ({
      ...result,
      attacks: result.attacks.map((each) => ({
        ...each,
        ...(each.leak === undefined ? {} : { leak: { ...each.leak, error: 0.1 } }),
      })),
    }));
    const both = one.map((result, at) => ({
      ...result,
      attacks: [...result.attacks, ...(vague[at]?.attacks ?? [])],
    }));
    const found = worst(both);
    expect(found?.attack).toBe("sure");
    expect(found?.leak.interval?.[1]).toBeCloseTo(0.59 + 1.964 * (0.1 / Math.sqrt(5)), 3);
  });

  it("passes over what a supervised model does without the view", () => {
    const control = runs(
      { control: "masks-off" },
      { name: "knowing", leak: 0.9, excess: 0.2 },
      { name: "other", leak: 0.99 },
    );
    const knowing = { name: "knowing", leak: 0.7, excess: -0.01 };
    const masked = runs({}, knowing, { name: "other", leak: 0.5 });
    expect(worst(masked, control)).toMatchObject({ attack: "other", attacks: 2 });
    expect(worst(runs({}, knowing), control)).toMatchObject({ attack: "knowing", weak: false });
  });

  it("counts scores that err reliably turned round", () => {
    const found = worst(runs({}, { name: "a", leak: 0.6 }, { name: "b", leak: 0.1 }));
    expect(found?.attack).toBe("b");
    expect(found?.leak.mean).toBeCloseTo(0.9, 12);
  });

  it("passes over attacks that are too weak, and says so if there are no others", () => {
    const masked = runs({}, { name: "weak", leak: 0.502 }, { name: "able", leak: 0.5 });
    const control = runs(
      { control: "masks-off" },
      { name: "weak", leak: 0.55 },
      { name: "able", leak: 0.99 },
    );
    expect(worst(masked, control)).toMatchObject({ attack: "able", weak: false });
    expect(worst(runs({}, { leak: 0.5 }))).toMatchObject({ weak: true });
  });
});
