import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { writeTable } from "../csv/write-table.ts";
import { temporaryFolder } from "../folder.fixture.ts";
import { refusal } from "../refusal.fixture.ts";
import { oracleAuc } from "./oracle-auc.fixture.ts";
import { generatePopulation } from "./population.ts";
import { oracleScores, readTruth, type TrueProbabilities, truthTable } from "./truth.ts";

const folder = await temporaryFolder();

function truthOf(probabilities: readonly number[]): TrueProbabilities {
  const values = Float64Array.from(probabilities);
  return {
    ids: probabilities.map((_, user) => `u-${user}`),
    probabilities: { store_order: values, live_order: values, content_visit: values },
  };
}

describe("oracleAuc", () => {
  it("is one half when all probabilities are equal, and 1 when they are sure", () => {
    expect(oracleAuc(truthOf([0.2, 0.2, 0.2]), "store_order")).toBeCloseTo(0.5, 12);
    expect(oracleAuc(truthOf([0, 1, 0]), "store_order")).toBe(1);
  });

  it("equals the expectation over pairs", () => {
    const p = fc.integer({ min: 1, max: 9 }).map((tenths) => tenths / 10);
    fc.assert(
      fc.property(fc.array(p, { minLength: 2, maxLength: 30 }), (probabilities) => {
        let [wins, pairs] = [0, 0];
        probabilities.forEach((a, i) => {
          probabilities.forEach((b, j) => {
            if (i === j) return;
            wins += a * (1 - b) * (a > b ? 1 : a === b ? 0.5 : 0);
            pairs += a * (1 - b);
          });
        });
        expect(oracleAuc(truthOf(probabilities), "live_order")).toBeCloseTo(wins / pairs, 12);
      }),
    );
  });

  it("looks only at the users it is asked about, and leaves the truth as it was", () => {
    const truth = truthOf([0.9, 0.1, 0.5, 0.5]);
    expect(oracleAuc(truth, "store_order", ["u-2", "u-3"])).toBeCloseTo(0.5, 12);
    expect(oracleAuc(truth, "store_order")).toBeGreaterThan(0.5);
    expect([...truth.probabilities.store_order]).toEqual([0.9, 0.1, 0.5, 0.5]);
  });
});

describe("oracleScores", () => {
  it("follows the order of the ids and refuses strangers without naming them", async () => {
    const truth = truthOf([0.9, 0.1]);
    expect([...oracleScores(truth, "store_order", ["u-1", "u-0"])]).toEqual([0.1, 0.9]);
    const error = await refusal(() => oracleScores(truth, "store_order", ["u-1", "stranger"]));
    expect(error.code).toBe("ALIGNMENT_EMPTY");
    expect(error.message).toContain("row 2");
    expect(error.message).not.toContain("stranger");
  });
});

describe("readTruth", () => {
  it("reads what truthTable writes, and refuses other tables", async () => {
    const { truth, media } = generatePopulation({ seed: "truth", users: 50 });
    const file = path.join(folder.path, "truth.csv");
    await writeTable(file, truthTable(truth));
    expect(await readTruth(file)).toEqual(truth);
    const other = path.join(folder.path, "media.csv");
    await writeTable(other, media);
    expect((await refusal(() => readTruth(other))).code).toBe("COLUMN_MISSING");
  });
});
