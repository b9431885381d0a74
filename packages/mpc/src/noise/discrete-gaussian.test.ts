import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { bernoulli, bernoulliExp, uniform } from "./bernoulli.ts";
import { discreteGaussian, discreteGaussianNoise, discreteLaplace } from "./discrete-gaussian.ts";
import { keyedWords, type RandomWords, systemWords } from "./random-words.ts";

const words = (seed: string): RandomWords =>
  keyedWords(createHash("sha256").update(`noise test ${seed}`).digest());

const draws = (count: number, draw: () => boolean): number => {
  let hits = 0;
  for (let i = 0; i < count; i++) hits += Number(draw());
  return hits / count;
};

/** Pearson's statistic of counts of integers against weights, tails put together. */
function chiSquare(
  counts: ReadonlyMap<number, number>,
  weight: (x: number) => number,
  bound: number,
): number {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const integers = Array.from({ length: 2 * bound + 1 }, (_, i) => i - bound);
  const far = Array.from({ length: 40 * bound }, (_, i) => i + bound + 1);
  const mass = [...integers, ...far, ...far.map((x) => -x)].reduce((sum, x) => sum + weight(x), 0);
  const inside = integers.map((x) => ({
    seen: counts.get(x) ?? 0,
    expected: (total * weight(x)) / mass,
  }));
  const rest = {
    seen: total - inside.reduce((sum, { seen }) => sum + seen, 0),
    expected: total - inside.reduce((sum, { expected }) => sum + expected, 0),
  };
  return [...inside, rest].reduce(
    (sum, { seen, expected }) => sum + (seen - expected) ** 2 / expected,
    0,
  );
}

/** A chi-square variable of that many degrees exceeds this about once in 10^5 times. */
const limit = (degrees: number): number => {
  const h = 2 / (9 * degrees);
  return degrees * (1 - h + 4.27 * Math.sqrt(h)) ** 3;
};

const countsOf = (count: number, draw: () => bigint): Map<number, number> => {
  const counts = new Map<number, number>();
  for (let i = 0; i < count; i++) {
    const x = Number(draw());
    counts.set(x, (counts.get(x) ?? 0) + 1);
  }
  return counts;
};

describe("exact coins", () => {
  it.each([
    [0n, 1n, 0],
    [1n, 1n, 1],
    [5n, 4n, 1],
    [1n, 3n, 1 / 3],
    [(1n << 90n) / 7n, 1n << 90n, 1 / 7],
  ])("bernoulli(%s / %s)", (numerator, denominator, expected) => {
    const random = words("bernoulli");
    const share = draws(40_000, () => bernoulli(numerator, denominator, random));
    expect(Math.abs(share - expected)).toBeLessThan(
      5 * Math.sqrt(0.25 / 40_000) * (expected % 1 === 0 ? 0 : 1) + 1e-12,
    );
  });

  it("compares beyond the first word of bits", () => {
    // 1/2 + 2^-64: after the first word equals the ratio's, the rest decides.
    const ratio = { numerator: (1n << 63n) + 1n, denominator: 1n << 64n };
    const replay = (...values: number[]): RandomWords => ({ next: () => values.shift() ?? 0 });
    const decide = (...values: number[]): boolean =>
      bernoulli(ratio.numerator, ratio.denominator, replay(...values));
    expect(decide(0x7fff_ffff)).toBe(true);
    expect(decide(0x8000_0001)).toBe(false);
    expect(decide(0x8000_0000, 0)).toBe(true);
    expect(decide(0x8000_0000, 1)).toBe(false);
  });

  it.each([
    [1n, 4n],
    [1n, 1n],
    [7n, 2n],
  ])("bernoulliExp(%s / %s)", (numerator, denominator) => {
    const random = words("exp");
    const expected = Math.exp(-Number(numerator) / Number(denominator));
    const share = draws(60_000, () => bernoulliExp(numerator, denominator, random));
    expect(Math.abs(share - expected)).toBeLessThan(
      5 * Math.sqrt((expected * (1 - expected)) / 60_000),
    );
  });

  it("uniform integers stay below their bound and reach all of it", () => {
    const random = words("uniform");
    const counts = countsOf(5000, () => uniform(5n, random));
    expect([...counts.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
    expect(uniform(1n, random)).toBe(0n);
  });
});

describe("the discrete Gaussian", () => {
  it.each([1n, 2n, 5n])("of σ = %s has its exact distribution", (sigma) => {
    const random = words(`gauss ${sigma}`);
    const s = Number(sigma);
    const counts = countsOf(30_000, () => discreteGaussian(sigma, random));
    const bound = Math.ceil(2.5 * s);
    const statistic = chiSquare(counts, (x) => Math.exp(-(x * x) / (2 * s * s)), bound);
    expect(statistic).toBeLessThan(limit(2 * bound + 1));
    // The test can tell: the same counts do not fit a Gaussian a tenth wider.
    expect(chiSquare(counts, (x) => Math.exp(-(x * x) / (2.42 * s * s)), bound)).toBeGreaterThan(
      limit(2 * bound + 1),
    );
  });

  it("is built on an exact discrete Laplace distribution", () => {
    const random = words("laplace");
    const counts = countsOf(30_000, () => discreteLaplace(3n, random));
    expect(chiSquare(counts, (x) => Math.exp(-Math.abs(x) / 3), 12)).toBeLessThan(limit(25));
  });

  it("has the moments of a Gaussian where σ is as large as a gradient's noise", () => {
    const sigma = 1n << 40n;
    const count = 40_000;
    const values = [...discreteGaussianNoise(words("moments"))(sigma, count)].map(
      (x) => Number(x) / Number(sigma),
    );
    const moment = (k: number): number => values.reduce((sum, x) => sum + x ** k, 0) / count;
    // Five deviations of each estimate: Var x^k = (2k − 1)!! − E(x^k)².
    expect(Math.abs(moment(1))).toBeLessThan(5 * Math.sqrt(1 / count));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    expect(Math.abs(moment(3))).toBeLessThan(5 * Math.sqrt(15 / count));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(5 * Math.sqrt(96 / count));
    const odd = values.filter((x) => (BigInt(Math.round(x * 2 ** 40)) & 1n) === 1n).length;
    expect(Math.abs(odd / count - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / count));
  });

  it("repeats with a key and not with the system's generator", () => {
    const draw = (random: RandomWords): string =>
      discreteGaussianNoise(random)(1n << 40n, 20).join();
    expect(draw(words("a"))).toBe(draw(words("a")));
    expect(draw(words("a"))).not.toBe(draw(words("b")));
    expect(draw(systemWords())).not.toBe(draw(systemWords()));
  });

  it("is nothing at σ = 0, and refuses what is no deviation", () => {
    const random = words("edge");
    expect(discreteGaussian(0n, random)).toBe(0n);
    for (const sigma of [-1n, 1n << 57n]) {
      expect(() => discreteGaussian(sigma, random)).toThrow(
        expect.objectContaining({ code: "INTERNAL" }),
      );
    }
  });
});
