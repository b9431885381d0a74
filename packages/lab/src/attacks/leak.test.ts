import { auc } from "@moongate/statistics";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LeakMeter } from "./leak.ts";
import { tprAt } from "./membership/bounds.ts";
import { normals, uniforms } from "@moongate/statistics";

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
const numbers = (...values: number[]): Float64Array => Float64Array.from(values);
const positions = (from: number, length: number): number[] =>
  Array.from({ length }, (_, i) => from + i);

/** An epoch of batches of 50 rows of which every fifth is positive. */
function addEpoch(meter: LeakMeter, scores: Float64Array): void {
  const labels = Uint8Array.from({ length: 50 }, (_, row) => (row % 5 === 0 ? 1 : 0));
  for (let from = 0; from < scores.length; from += 50) {
    meter.add(positions(from, 50), scores.subarray(from, from + 50), labels);
  }
}

describe("the leak AUC", () => {
  it("is each batch's AUC", () => {
    const batch = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.nat(1)), { minLength: 2 });
    fc.assert(
      fc.property(batch, (rows) => {
        const scores = Float64Array.from(rows, ([score]) => score);
        const labels = Uint8Array.from(rows, ([, label]) => label);
        const meter = new LeakMeter();
        meter.add(positions(0, rows.length), scores, labels);
        const both = labels.includes(0) && labels.includes(1);
        if (both) expect(meter.leak()?.mean).toBeCloseTo(auc(scores, labels), 12);
        else expect(meter.leak()).toBeUndefined();
      }),
    );
  });

  it("stands beside the shares found at few false positives, as those of membership are", () => {
    const batch = fc.array(fc.tuple(fc.integer({ min: 0, max: 400 }), fc.nat(1)), {
      ...{ minLength: 2, maxLength: 300 },
    });
    fc.assert(
      fc.property(batch, (rows) => {
        const scores = Float64Array.from(rows, ([score]) => score);
        const labels = Uint8Array.from(rows, ([, label]) => label);
        const meter = new LeakMeter();
        meter.add(positions(0, rows.length), scores, labels);
        const outcomes = rows.map(([score, label]) => ({ score, member: label === 1 }));
        if (!labels.includes(0) || !labels.includes(1)) expect(meter.rates()).toBeUndefined();
        else {
          expect(meter.rates()?.["tpr 0.1%"]).toBeCloseTo(tprAt(outcomes, 0.001), 12);
          expect(meter.rates()?.["tpr 1%"]).toBeCloseTo(tprAt(outcomes, 0.01), 12);
        }
      }),
    );
  });

  it("is summarised over batches, without those of one class", () => {
    const meter = new LeakMeter();
    meter.add([0, 1], numbers(2, 1), bytes(1, 0)); // 1
    meter.add([2, 3, 4], numbers(1, 1, 2), bytes(1, 0, 0)); // (½ + 0) / 2
    meter.add([5, 6], numbers(1, 2), bytes(0, 0));
    const leak = meter.leak();
    expect(leak?.mean).toBe(0.625);
    expect(leak?.max).toBe(1);
    expect(leak?.q95).toBeCloseTo(0.25 + 0.95 * 0.75, 12);
  });

  it("has DeLong's interval over one batch, but for Student's quantile", () => {
    // The positives beat 3 and 2 of 3 negatives; the negatives are beaten by 2, 2 and 1 of 2.
    const meter = new LeakMeter();
    meter.add(positions(0, 5), numbers(9, 2, 1, 0, 3), bytes(1, 1, 0, 0, 0));
    const mean = 5 / 6;
    const ofPositives = ((1 - mean) ** 2 + (2 / 3 - mean) ** 2) / 2;
    const ofNegatives = ((1 - mean) ** 2 * 2 + (1 / 2 - mean) ** 2) / 3;
    // Sample variances: over rows − 1.
    const variance = (ofPositives * 2) / 1 / 2 + (ofNegatives * 3) / 2 / 3;
    const reach = 12.706 * Math.sqrt(variance);
    const leak = meter.leak();
    expect(leak?.mean).toBeCloseTo(mean, 12);
    expect(leak?.interval[0]).toBeCloseTo(Math.max(0, mean - reach), 9);
    expect(leak?.interval[1]).toBe(1);
  });

  it("counts a row once whose score comes again, and anew one whose score is fresh", () => {
    const next = uniforms("again");
    const [once, again, fresh] = [new LeakMeter(), new LeakMeter(), new LeakMeter()];
    const scores = normals(next, 500);
    addEpoch(once, scores);
    for (let epoch = 0; epoch < 16; epoch++) {
      addEpoch(again, scores);
      addEpoch(fresh, normals(next, 500));
    }
    const width = (meter: LeakMeter): number => {
      const [low, high] = meter.leak()?.interval ?? [0, 0];
      return high - low;
    };
    expect(width(again)).toBeCloseTo(width(once), 9);
    expect(width(fresh) / width(once)).toBeGreaterThan(1 / 5);
    expect(width(fresh) / width(once)).toBeLessThan(1 / 3);
  });

  it("covers one half about 95 times in 100 when there is nothing", () => {
    const next = uniforms("coverage");
    let covered = 0;
    for (let run = 0; run < 400; run++) {
      const meter = new LeakMeter();
      addEpoch(meter, normals(next, 300));
      const [low, high] = meter.leak()?.interval ?? [1, 1];
      if (low <= 0.5 && high >= 0.5) covered += 1;
    }
    expect(covered / 400).toBeGreaterThan(0.92);
    expect(covered / 400).toBeLessThan(0.98);
  });
});
