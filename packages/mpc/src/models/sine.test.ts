import { describe, expect, it } from "vitest";
import { shareOf } from "../machines/share-arithmetic.ts";
import { valuesOf } from "../machines/twin.ts";
import { table } from "../testing/table.ts";
import { runWorld } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import type { SinePlan } from "./model.ts";
import { SINE_BITS, sine } from "./sine.ts";
import { maskedTraining, type TrainingPlan } from "./training.ts";

const model: SinePlan = {
  kind: "sine",
  hidden: 6,
  epochs: 3,
  batchSize: 64,
  learningRate: 0.1,
  weightDecay: 1e-3,
};
const plan: TrainingPlan = {
  seed: "sine test",
  model,
  labels: 2,
  rows: { train: 500, validation: 40, test: 200 },
  width: { media: 5, commerce: 4 },
};

describe("masked sine network", () => {
  it("ends near the twin's weights and scores", async () => {
    const { inputs } = table(plan, "twin");
    const run = await runWorld((m, own) => maskedTraining(m, { plan, inputs: own }), inputs);
    for (const name of ["hidden", "output"]) {
      const twin = valuesOf(run.twin.parameters[name] as Shared);
      const media = shareOf(run.media.parameters[name] as Shared).words();
      const commerce = shareOf(run.commerce.parameters[name] as Shared).words();
      twin.forEach((expected, index) => {
        const word = BigInt.asIntN(64, (media[index] ?? 0n) + (commerce[index] ?? 0n));
        expect(Math.abs(Number(word) / 2 ** SINE_BITS.weights - expected)).toBeLessThan(0.01);
      });
      expect(Math.max(...twin.map(Math.abs))).toBeGreaterThan(0.1);
    }
    const scores = run.commerce.scores?.test ?? new Float64Array();
    expect(scores.length).toBe(plan.rows.test * plan.labels);
    scores.forEach((score, index) => {
      expect(Math.abs(score - (run.twin.scores?.test[index] ?? Number.NaN))).toBeLessThan(0.05);
    });
  });

  it("takes six rounds a step", async () => {
    const { inputs } = table(plan, "cost");
    const rows = Uint32Array.from({ length: 64 }, (_, index) => index);
    const run = await runWorld(async (m, own) => {
      const x = m.columns(740, plan.width, SINE_BITS.features, own);
      const y = m.privateMatrix("commerce", 740, plan.labels, own);
      const network = sine(model);
      const state = network.start(m, x, plan.labels, plan.seed);
      await m.step(() =>
        network.step(m, state, x, y, rows, { perRow: 0.01, decay: 1e-4, momentum: 0.9 }),
      );
    }, inputs);
    expect(run.pair.media.rounds).toBe(6);
  });

  /** The twin's step against the loss, by central differences. */
  it("follows the gradient of the log-loss", async () => {
    const { inputs } = table(plan, "differences");
    const rows = Uint32Array.from({ length: 30 }, (_, index) => index);
    const perRow = 1 / 1024;
    const run = await runWorld(async (m, own) => {
      const x = m.columns(740, plan.width, SINE_BITS.features, own);
      const y = m.privateMatrix("commerce", 740, plan.labels, own);
      const network = sine(model);
      const state = network.start(m, x, plan.labels, plan.seed);
      const start = Float64Array.from({ length: (model.hidden + 1) * plan.labels }, (_, i) =>
        Math.sin(i + 1),
      );
      m.assign(state.output, m.variable(model.hidden + 1, plan.labels, SINE_BITS.weights, start));
      const before = {
        hidden: m.role === "twin" ? valuesOf(state.hidden).slice() : undefined,
        output: start,
      };
      await m.step(() => network.step(m, state, x, y, rows, { perRow, decay: 0, momentum: 0.9 }));
      return { before, state };
    }, inputs);
    const { before, state } = run.twin;
    const hidden = before.hidden ?? new Float64Array();
    const features = joined(inputs.features, plan.width);
    const loss = (w1: Float64Array, w2: Float64Array): number =>
      logLoss(rows, features, inputs.labels, w1, w2);
    const difference = (
      w1: Float64Array,
      w2: Float64Array,
      at: Float64Array,
      index: number,
    ): number => {
      const [step, kept] = [1e-5, at[index] ?? 0];
      at[index] = kept + step;
      const up = loss(w1, w2);
      at[index] = kept - step;
      const down = loss(w1, w2);
      at[index] = kept;
      return (up - down) / (2 * step);
    };
    // The Fourier sigmoid is within 0.0022 of the true one a row.
    before.output.forEach((value, index) => {
      const moved = value - (valuesOf(state.output)[index] ?? 0);
      const gradient = difference(hidden, before.output, before.output, index);
      expect(Math.abs(moved / perRow - gradient)).toBeLessThan(30 * 0.0025);
    });
    hidden.forEach((value, index) => {
      const moved = value - (valuesOf(state.hidden)[index] ?? 0);
      // In turns the gradient has a factor 2π; the step takes 1/8 instead of 1/2π a radian.
      const gradient = difference(hidden, before.output, hidden, index) / (2 * Math.PI) / 8;
      expect(Math.abs(moved / perRow - gradient)).toBeLessThan((30 * 0.0025 * 4) / 8);
    });
  });
});

function joined(
  features: Readonly<Partial<Record<"media" | "commerce", Float64Array>>>,
  width: { media: number; commerce: number },
): Float64Array[] {
  const part = (side: "media" | "commerce", row: number): Float64Array =>
    (features[side] ?? new Float64Array()).subarray(row * width[side], (row + 1) * width[side]);
  return Array.from({ length: 740 }, (_, row) =>
    Float64Array.of(...part("media", row), ...part("commerce", row)),
  );
}

function logLoss(
  rows: Uint32Array,
  features: readonly Float64Array[],
  labels: Uint8Array,
  w1: Float64Array,
  w2: Float64Array,
): number {
  const [h, k] = [model.hidden, plan.labels];
  let loss = 0;
  for (const row of rows) {
    const x = features[row] ?? new Float64Array();
    for (let j = 0; j < k; j++) {
      let o = w2[h * k + j] ?? 0;
      for (let unit = 0; unit < h; unit++) {
        const u = x.reduce((sum, value, column) => sum + value * (w1[column * h + unit] ?? 0), 0);
        o += Math.sin(2 * Math.PI * u) * (w2[unit * k + j] ?? 0);
      }
      loss += Math.log1p(Math.exp(o)) - (labels[row * k + j] ?? 0) * o;
    }
  }
  return loss;
}
