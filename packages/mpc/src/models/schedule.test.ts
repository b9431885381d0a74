import { describe, expect, it } from "vitest";
import { fittingBatchSize, type FittingSchedule, fittingSchedule } from "./model.ts";
import { batches, blockSize, cosineDecay } from "./schedule.ts";

describe("the public schedule", () => {
  it("visits every row once an epoch", () => {
    const rows = batches("seed", 0, 1000, 64).flatMap((batch) => [...batch]);
    expect(rows.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 1000 }, (_, index) => index),
    );
    expect(
      batches("seed", 0, 1000, 64)
        .map((batch) => batch.length)
        .at(-1),
    ).toBe(1000 % 64);
  });

  it("is the same for the same seed and epoch, another for others", () => {
    const first = (seed: string, epoch: number): string =>
      String(batches(seed, epoch, 100, 100)[0]);
    expect(first("a", 0)).toBe(first("a", 0));
    expect(new Set([first("a", 0), first("a", 1), first("b", 0)]).size).toBe(3);
  });

  it("shuffles without bias: every row's mean position is the middle", () => {
    const sums = new Float64Array(8);
    for (let epoch = 0; epoch < 4000; epoch++) {
      batches("bias", epoch, 8, 8)[0]?.forEach((row, position) => {
        sums[row] = (sums[row] ?? 0) + position;
      });
    }
    // A mean of 4,000 uniform positions 0..7 has a standard deviation of 0.036.
    for (const sum of sums) expect(Math.abs(sum / 4000 - 3.5)).toBeLessThan(0.2);
  });

  it("keeps blocks of consecutive rows together, sixteen or more to a batch", () => {
    expect([1, 16, 31, 32, 256, 1024, 4096].map(blockSize)).toEqual([1, 1, 1, 2, 16, 64, 64]);
    const [first] = batches("seed", 0, 4096, 256);
    for (let at = 0; at < 256; at += 16) {
      expect([...(first?.subarray(at, at + 16) ?? [])]).toEqual(
        Array.from({ length: 16 }, (_, index) => (first?.[at] ?? Number.NaN) + index),
      );
    }
  });

  it("fits the batch to the rows", () => {
    expect([10, 414, 7560, 14_800, 700_000].map((rows) => fittingBatchSize("auto", rows))).toEqual([
      32, 32, 256, 512, 1024,
    ]);
    expect(fittingBatchSize(77, 1e6)).toBe(77);
  });

  it("keeps each row's pull and the velocity's memory of rows when batches are larger", () => {
    const rows = 14_800;
    const choose = (batchSize: number | "auto"): FittingSchedule =>
      fittingSchedule({ batchSize, learningRate: 0.1 }, rows);
    expect(choose(256)).toEqual({ batchSize: 256, learningRate: 0.1, momentum: 0.9 });
    expect(choose("auto")).toEqual(choose(512));
    expect(choose(64)).toEqual({ batchSize: 64, learningRate: 0.1, momentum: 0.9 });
    const pull = ({ batchSize, learningRate, momentum }: FittingSchedule): number =>
      learningRate / batchSize / (1 - momentum);
    for (const batchSize of [512, 1024, 2048]) {
      const chosen = choose(batchSize);
      expect(chosen.momentum).toBeCloseTo(0.9 ** (batchSize / 256), 12);
      expect(pull(chosen)).toBeCloseTo(pull(choose(256)), 12);
    }
    // Beyond eight times the reference the rate would run away: it stays.
    const { learningRate, momentum } = choose(2048);
    expect(choose(4096)).toEqual({ batchSize: 4096, learningRate, momentum });
    // A batch of all rows is no larger than the table.
    const few = fittingSchedule({ batchSize: 65_536, learningRate: 0.1 }, 100);
    expect(few.momentum).toBeCloseTo(0.9 ** (100 / 32), 12);
  });

  it("decays along half a cosine", () => {
    for (const t of [0, 0.1, 0.25, 0.5, 0.77, 1]) {
      expect(cosineDecay(t, 0)).toBeCloseTo(0.5 + 0.5 * Math.cos(Math.PI * t), 8);
      expect(cosineDecay(t, 0.1)).toBeCloseTo(0.1 + 0.9 * (0.5 + 0.5 * Math.cos(Math.PI * t)), 8);
    }
  });
});
