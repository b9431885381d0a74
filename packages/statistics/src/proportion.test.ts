import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { clopperPearson } from "./proportion.ts";

const count = (successes: number, trials: number) => ({ successes, trials });

describe("clopperPearson", () => {
  it("equals published values (Newcombe 1998, table I)", () => {
    const { low, high } = clopperPearson(count(81, 263));
    expect(low).toBeCloseTo(0.25273674558527, 11);
    expect(high).toBeCloseTo(0.36762192260135, 11);
    expect(clopperPearson(count(0, 20)).low).toBe(0);
    expect(clopperPearson(count(0, 20)).high).toBeCloseTo(1 - 0.025 ** (1 / 20), 12);
    expect(clopperPearson(count(20, 20)).low).toBeCloseTo(0.025 ** (1 / 20), 12);
    expect(clopperPearson(count(20, 20)).high).toBe(1);
    // scipy.stats.beta.ppf(0.975, 11, 90)
    expect(clopperPearson(count(10, 100)).high).toBeCloseTo(0.1762226, 6);
  });

  it("keeps its digits for rare events of many trials", () => {
    const { low, high } = clopperPearson(count(10, 100_000));
    expect(low / 4.795489513901143e-5).toBeCloseTo(1, 9);
    expect(high / 1.838958453766498e-4).toBeCloseTo(1, 9);
    const half = clopperPearson(count(50_000, 100_000), 0.99);
    expect(half.low).toBeCloseTo(0.495922334242564, 9);
    expect(half.high).toBeCloseTo(0.504077665757436, 9);
  });

  it("mirrors when success and failure change places, and widens with confidence", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 40 }), (a, b) => {
        fc.pre(a + b > 0);
        const [one, other] = [clopperPearson(count(a, a + b)), clopperPearson(count(b, a + b))];
        expect(one.low).toBeCloseTo(1 - other.high, 12);
        const wide = clopperPearson(count(a, a + b), 0.999);
        expect(wide.low).toBeLessThanOrEqual(one.low);
        expect(wide.high).toBeGreaterThanOrEqual(one.high);
      }),
    );
  });

  it("refuses what is no proportion", () => {
    expect(() => clopperPearson(count(3, 2))).toThrow("3 of 2 trials");
    expect(() => clopperPearson(count(0, 0))).toThrow("0 of 0 trials");
    expect(() => clopperPearson(count(1, 2), 1)).toThrow("confidence of 1");
  });
});
