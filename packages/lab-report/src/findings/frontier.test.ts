import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeResults } from "../results.fixture.ts";
import { Attacks } from "./controls.ts";
import { frontiersOf, nonDominated } from "./frontier.ts";
import { tablesOf } from "./settings.ts";

const coordinate = fc.integer({ min: 0, max: 6 });
const points = fc.array(fc.record({ gain: coordinate, loss: coordinate }), { maxLength: 12 });

describe("non-dominated points", () => {
  it("are those that brute force leaves", () => {
    fc.assert(
      fc.property(points, (all) => {
        const expected = all.map((point) => {
          for (const other of all) {
            const asGood = other.gain >= point.gain && other.loss <= point.loss;
            const same = other.gain === point.gain && other.loss === point.loss;
            if (asGood && !same) return false;
          }
          return true;
        });
        expect(nonDominated(all)).toEqual(expected);
      }),
    );
  });

  it("dominate all others together", () => {
    fc.assert(
      fc.property(points, (all) => {
        const kept = all.filter((_, at) => nonDominated(all)[at]);
        for (const { gain, loss } of all) {
          expect(kept.some((best) => best.gain >= gain && best.loss <= loss)).toBe(true);
        }
      }),
    );
  });
});

describe("the frontiers of a table", () => {
  it("are chosen on validation rows and hold test AUCs", () => {
    const results = makeResults().map((result) =>
      result.unit.protocol === "split" && result.unit.model === "relu" && result.validation
        ? { ...result, validation: { ...result.validation, auc: 0.99 } }
        : result,
    );
    const [table] = tablesOf(results);
    if (table === undefined) throw new Error("no table");
    const media = frontiersOf(table, new Attacks(table)).find(
      ({ adversary }) => adversary === "media",
    );
    const relu = media?.points.find(({ setting }) => setting.unit.model === "relu");
    expect(relu?.chosen).toBe(true);
    expect(relu?.auc.mean).toBeLessThan(0.8);
    const masked = media?.points.filter(({ setting }) => setting.unit.protocol === "masked") ?? [];
    expect(masked.some(({ chosen }) => chosen)).toBe(true);
    expect(masked.every(({ chosenOfSplit }) => !chosenOfSplit)).toBe(true);
  });

  it("leave out the control without masks, and give colluders charts of their own", () => {
    const [table] = tablesOf(makeResults());
    if (table === undefined) throw new Error("no table");
    const frontiers = frontiersOf(table, new Attacks(table));
    const controls = frontiers.flatMap(({ points: on }) =>
      on.map(({ setting }) => setting.unit.control),
    );
    expect(controls).not.toContain("masks-off");
    expect(frontiers.map(({ adversary }) => adversary).toSorted()).toEqual([
      "commerce",
      "coordinator",
      "coordinator+commerce",
      "coordinator+media",
      "media",
    ]);
  });
});
