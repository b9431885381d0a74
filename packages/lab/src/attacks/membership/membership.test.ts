import { describe, expect, it } from "vitest";
import { matrix, multiply, rowsOf } from "../numeric/matrices.ts";
import { normals, uniforms } from "@moongate/statistics";
import { ridge } from "../numeric/solve.ts";
import { empiricalEpsilon, type Outcome, tprAt } from "./bounds.ts";
import { membership, type Scorer } from "./lira.ts";

const [rows, cols] = [160, 100];
const next = uniforms("pool");
const x = matrix(rows, cols, normals(next, rows * cols));
const labels = Uint8Array.from({ length: rows }, () => (next() < 0.5 ? 1 : 0));

/** A model with as many weights as rows, which learns its rows by heart. */
const overfitted = (inside: Uint32Array): Scorer => {
  const targets = matrix(
    inside.length,
    1,
    Array.from(inside, (row) => (labels[row] === 1 ? 3 : -3)),
  );
  const weights = ridge(rowsOf(x, inside), targets, 0.01);
  return (of) => multiply(rowsOf(x, of), weights).values;
};

describe("LiRA", () => {
  it("finds the members of a model that learned them by heart", async () => {
    const result = await membership({
      ...{ train: overfitted, rows, labels, models: 16, seed: "1" },
    });
    expect(result.leak?.interval[0]).toBeGreaterThan(0.8);
    expect(result.details?.["tpr 1%"]).toBeGreaterThan(0.1);
    expect(result.details?.accuracy).toBeGreaterThan(0.75);
  });

  it("finds none of a model that does not depend on its rows", async () => {
    const constant = (_: Uint32Array, seed: string): Scorer => {
      const noise = uniforms(seed);
      return (of) => Float64Array.from(of, () => noise());
    };
    const result = await membership({
      ...{ train: constant, rows, labels, models: 16, seed: "1" },
    });
    const [low, high] = result.leak?.interval ?? [1, 1];
    expect(low).toBeLessThanOrEqual(0.5);
    expect(high).toBeGreaterThanOrEqual(0.5);
    expect(result.details?.["tpr 1%"]).toBeLessThan(0.05);
  });

  it("is at chance with few models too, neither above nor below", async () => {
    const many = 4000;
    const result = await membership({
      train: (_, seed) => {
        const noise = uniforms(seed);
        return (of) => Float64Array.from(of, () => noise());
      },
      ...{ rows: many, labels: new Uint8Array(many).fill(1), models: 8, seed: "1" },
    });
    expect(Math.abs((result.leak?.mean ?? 0) - 0.5)).toBeLessThan(0.012);
  });

  it("is at chance where all models are equal", async () => {
    const equal = (): Scorer => (of) => new Float64Array(of.length);
    const result = await membership({ train: equal, rows, labels, models: 8, seed: "1" });
    expect(result.leak?.mean).toBe(0.5);
    expect(result.details?.accuracy).toBe(0.5);
  });

  it("trains pairs of models that complement each other, each on half of the rows", async () => {
    const seen: Uint32Array[] = [];
    const equal = (inside: Uint32Array): Scorer => {
      seen.push(inside);
      return (of) => new Float64Array(of.length);
    };
    await membership({ train: equal, rows, labels, models: 6, seed: "1" });
    expect(seen.map((inside) => inside.length)).toEqual(Array(6).fill(rows / 2));
    for (const pair of [0, 2, 4]) {
      const both = [...(seen[pair] ?? []), ...(seen[pair + 1] ?? [])];
      expect(new Set(both).size).toBe(rows);
    }
    expect(seen[0]).not.toEqual(seen[2]);
  });

  it.each([2, 5])("refuses %s models", async (models) => {
    const equal = (): Scorer => (of) => new Float64Array(of.length);
    await expect(
      membership({ train: equal, rows, labels, models, seed: "1" }),
    ).rejects.toMatchObject({ code: "INTERNAL" });
  });

  it("takes several labels", async () => {
    const twice = Uint8Array.from(Array.from(labels, (label) => [label, 1 - label]).flat());
    const both = (inside: Uint32Array): Scorer => {
      const single = overfitted(inside);
      return (of) => Float64Array.from(Array.from(single(of), (logit) => [logit, -logit]).flat());
    };
    const result = await membership({ train: both, rows, labels: twice, models: 8, seed: "1" });
    expect(result.leak?.interval[0]).toBeGreaterThan(0.7);
  });
});

describe("rates", () => {
  const outcomes = (scores: readonly [number, boolean][]): Outcome[] =>
    scores.map(([score, member]) => ({ score, member }));

  it("are read off the thresholds", () => {
    const list = outcomes([
      [5, true],
      [4, true],
      [3, false],
      [2, true],
      [1, false],
    ]);
    expect(tprAt(list, 0)).toBeCloseTo(2 / 3);
    expect(tprAt(list, 0.5)).toBe(1);
    // Equal scores cannot be told apart.
    expect(
      tprAt(
        outcomes([
          [1, true],
          [1, false],
        ]),
        0.5,
      ),
    ).toBe(0);
  });
});

describe("the lower bound on ε", () => {
  /** Randomised response of ε: the strongest attack there is has these rates. */
  const randomisedResponse = (epsilon: number): Outcome[] => {
    const toss = uniforms(`rr ${epsilon}`);
    return Array.from({ length: 40_000 }, () => {
      const member = toss() < 0.5;
      const kept = toss() < Math.exp(epsilon) / (1 + Math.exp(epsilon));
      return { member, score: member === kept ? 1 : 0 };
    });
  };

  it.each([0.5, 1, 2, 4])("comes near ε = %d of randomised response and stays below", (epsilon) => {
    const bound = empiricalEpsilon(randomisedResponse(epsilon), { delta: 0 });
    expect(bound).toBeLessThan(epsilon);
    expect(bound).toBeGreaterThan(0.85 * epsilon);
  });

  it("is tested on other outcomes than chose its threshold", () => {
    // Members score 1 among the first half and others among the second: what was chosen is no use.
    const turned = (length: number): Outcome[] =>
      Array.from({ length }, (_, at) => ({
        member: at % 2 === 0,
        score: Number((at % 2 === 0) === at < length / 2),
      }));
    expect(empiricalEpsilon(turned(400), { delta: 0 })).toBe(0);
  });
});
