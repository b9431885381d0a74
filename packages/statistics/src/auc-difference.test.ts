import { aucInterval } from "./metrics/auc-interval.fixture.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aucDifference } from "./auc-difference.ts";

const LABELS = [
  1, 1, 0, 0, 1, 0, 0, 1, 0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 0,
  0, 1, 0, 1, 0, 0, 1,
];
const FIRST = [
  -0.7, 1.3, 0.7, -0.4, -0.1, 0, -0.1, 2.4, 0.7, 1.2, 2.1, -0.2, -0.9, 0.6, 0.6, -0.2, 0.2, 0.2,
  -2.5, 1.7, 1.5, -1.6, 1.1, 0, 0.8, -2, -0.9, 0.7, 2.2, -2.2, 0.5, 1.3, -0.6, 1.6, -0.2, 0.4, 0,
  1.4, 0, 0.6,
];
const SECOND = [
  -1.3, 2.7, 1, 0.6, 1.7, 0.3, -0.7, 0.5, -0.6, 2.3, -0.2, -0.7, -0.6, 0.4, 0.8, -1.3, -1.1, 0.1,
  0.5, 1.9, 1.3, -0.8, 1.2, 0.4, 1.1, -1.4, -0.1, 0.1, 1.8, -0.4, 3.3, 2.5, 1.3, -1.6, 0.2, -0.5,
  1.1, -1.9, 1.2, 1.8,
];

describe("aucDifference", () => {
  it("equals the covariance form over all pairs, ties included", () => {
    const result = aucDifference(FIRST, SECOND, LABELS);
    expect(result.first).toBeCloseTo(0.7468030690537084, 12);
    expect(result.second).toBeCloseTo(0.8005115089514067, 12);
    expect(result.standardError).toBeCloseTo(0.09056639716892266, 12);
    const reach = 1.959963984540054 * 0.09056639716892266;
    expect(result.interval.low).toBeCloseTo(result.difference - reach, 12);
    expect(result.interval.high).toBeCloseTo(result.difference + reach, 12);
  });

  it("has no error for a model against itself, and mirrors when they change places", () => {
    expect(aucDifference(FIRST, FIRST, LABELS)).toMatchObject({ difference: 0, standardError: 0 });
    const [one, other] = [
      aucDifference(FIRST, SECOND, LABELS),
      aucDifference(SECOND, FIRST, LABELS),
    ];
    expect(one.interval.low).toBeCloseTo(-other.interval.high, 14);
  });

  it("is the single model's interval against one that knows nothing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 40, maxLength: 40 }),
        (s) => {
          const result = aucDifference(s, new Array<number>(40).fill(0), LABELS);
          const single = aucInterval(s, LABELS);
          expect(result.difference).toBeCloseTo(single.auc - 0.5, 12);
          expect(result.standardError).toBeCloseTo(single.standardError, 12);
        },
      ),
    );
  });

  it("refuses fewer than two rows of a class", () => {
    expect(() => aucDifference([1, 2, 3], [1, 2, 3], [0, 0, 1])).toThrow("two rows of each class");
    expect(() => aucDifference([1, 2], [1, 2, 3], [0, 1])).toThrow("3 scores for 2 labels");
  });
});
