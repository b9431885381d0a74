import { makePlan } from "@moongate/messages";
import { MemoryView } from "@moongate/views";
import { describe, expect, it } from "vitest";
import { maskedSession } from "../../testing/masked-session.ts";
import { matrix, multiply } from "../numeric/matrices.ts";
import { normals, permutation, uniforms } from "@moongate/statistics";
import { minimumNorm } from "../numeric/solve.ts";
import { minimumNormResiduals, residue } from "./residue.ts";

const [ROWS, COLS, BATCH] = [240, 8, 24];

/** Media's view of a protocol that reveals Xᵀ(p − y) / n each step, or as much noise. */
function revealing(noise: boolean) {
  const next = uniforms("revealing");
  const own = Float32Array.from(normals(next, ROWS * COLS));
  const labels = Uint8Array.from({ length: ROWS }, () => (next() < 0.1 ? 1 : 0));
  const view = new MemoryView({
    process: "media",
    plan: makePlan("s", ["bought"]),
    rows: { train: ROWS, validation: 0, test: 0 },
    width: { media: COLS, commerce: 1 },
  });
  const bytes = (array: Float32Array | Uint32Array) => new Uint8Array(array.slice().buffer);
  view.add(
    { name: "own/features", source: "own", step: null, rows: ROWS, cols: COLS, element: "f32" },
    bytes(own),
  );
  let order = new Uint32Array();
  for (let step = 0; step < 50; step++) {
    if (step % 10 === 0) order = Uint32Array.from(permutation(next, ROWS));
    const batch = order.slice((step % 10) * BATCH, ((step % 10) + 1) * BATCH);
    view.add(
      { name: "batch", source: "public", step, rows: BATCH, cols: 1, element: "u32" },
      bytes(batch),
    );
    const sums = Float32Array.from({ length: COLS }, (_, j) => {
      let sum = 0;
      for (const row of batch) {
        // The model moves a little from step to step.
        const residual = 0.1 + 0.001 * step - (labels[row] ?? 0);
        sum += ((own[row * COLS + j] ?? 0) * residual) / BATCH;
      }
      return sum;
    });
    view.add(
      { name: "aggregate/gradient", source: "received", step, rows: COLS, cols: 1, element: "f32" },
      bytes(noise ? Float32Array.from(normals(next, COLS)) : sums),
    );
  }
  return { view, truth: { labels: { values: labels, names: ["bought"] } } };
}

describe("the residue attack", () => {
  it("solves for the shortest residuals", () => {
    const next = uniforms("shortest");
    const features = matrix(9, 2, normals(next, 18));
    const batches = [
      { positions: Uint32Array.of(0, 1, 2), aggregate: normals(next, 2) },
      { positions: Uint32Array.of(2, 3, 4, 5), aggregate: normals(next, 2) },
      { positions: Uint32Array.of(6, 7, 8), aggregate: normals(next, 2) },
    ];
    const stacked = matrix(6, 9);
    batches.forEach(({ positions }, batch) => {
      for (const row of positions) {
        for (let j = 0; j < 2; j++) {
          stacked.values[(2 * batch + j) * 9 + row] =
            (features.values[2 * row + j] ?? 0) / positions.length;
        }
      }
    });
    const right = matrix(
      6,
      1,
      batches.flatMap(({ aggregate }) => [...aggregate]),
    );
    const expected = minimumNorm(stacked, right).values;
    const found = minimumNormResiduals({ features, batches });
    expect(multiply(stacked, matrix(9, 1, found)).values.every(Number.isFinite)).toBe(true);
    found.forEach((value, row) => {
      expect(value).toBeCloseTo(expected[row] ?? 9, 8);
    });
  });

  it("finds labels from sums over overlapping batches, and none from noise", async () => {
    const { view, truth } = revealing(false);
    const result = await residue.run(view, truth, { seed: "1" });
    expect(result.tensor).toBe("aggregate/gradient");
    expect(result.leak?.mean).toBeGreaterThan(0.95);
    const noise = revealing(true);
    const [low, high] = (await residue.run(noise.view, noise.truth, { seed: "1" })).leak
      ?.interval ?? [1, 1];
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
  });

  it("finds labels where the gradient of a hidden layer lies bare, and none under its mask", async () => {
    // Labels that no column tells of: what is found comes from the openings.
    const next = uniforms("labels of their own");
    const labels = Uint8Array.from({ length: 484 }, () => (next() < 0.12 ? 1 : 0));
    const attacked = async (masks: { readonly zeroMasks?: boolean; readonly masks?: string }) => {
      const { views } = await maskedSession({
        ...{ seed: "residue", labels, ...masks },
        model: { kind: "sine", hidden: 4, epochs: 10, batchSize: 32 },
        width: { media: 28, commerce: 3 },
      });
      const truth = { labels: { values: labels, names: ["bought"] } };
      return residue.run(views.media, truth, { seed: "1" });
    };
    const bare = await attacked({ zeroMasks: true });
    expect(bare.tensor).toBe("9:truncate/value");
    expect(bare.leak?.mean).toBeGreaterThan(0.8);
    const [low, high] = (await attacked({})).leak?.interval ?? [1, 1];
    expect(low).toBeLessThan(0.5);
    expect(high).toBeGreaterThan(0.5);
  });

  it("has nothing in a masked logistic regression, which opens no gradient", async () => {
    const model = { kind: "logistic", epochs: 2, batchSize: 64 } as const;
    const { views, labels } = await maskedSession({ seed: "none", model, zeroMasks: true });
    const truth = { labels: { values: labels, names: ["bought"] } };
    const result = await residue.run(views.media, truth, { seed: "1" });
    expect(result).toMatchObject({ applicable: false, why: expect.any(String) as string });
  });
});
