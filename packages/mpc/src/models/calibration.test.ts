import { describe, expect, it } from "vitest";
import { runWorld } from "../testing/world.ts";
import { uniforms } from "../testing/table.ts";
import { errorBits, LOGISTIC_BITS } from "./logistic.ts";
import { maskedTraining, type TrainingPlan } from "./training.ts";

/**
 * Rounding of the sigmoid's public factors is the same for every row: it moves all probabilities
 * to one side, which no AUC shows. Rare labels and a small learning rate show it.
 */
describe("the mean probability of a masked logistic model", () => {
  const [train, rest, width] = [16_384, 1000, 2];
  const plan: TrainingPlan = {
    seed: "calibration",
    model: { kind: "logistic", epochs: 8, batchSize: 1024, learningRate: 0.002, weightDecay: 0 },
    labels: 1,
    rows: { train, validation: rest, test: rest },
    width: { media: width, commerce: width },
  };

  it("is the twin's, for rare labels and small rates", async () => {
    const next = uniforms("calibration");
    const rows = train + 2 * rest;
    const columns = (): Float64Array =>
      Float64Array.from({ length: rows * width }, () => 2 * next() - 1);
    const features = { media: columns(), commerce: columns() };
    const labels = Uint8Array.from({ length: rows }, (_, row) => {
      const logit = 6 * ((features.media[2 * row] ?? 0) + (features.commerce[2 * row] ?? 0)) - 7;
      return Number(next() < 1 / (1 + Math.exp(-logit)));
    });
    const inputs = { features, labels };
    const run = await runWorld((m, own) => maskedTraining(m, { plan, inputs: own }), inputs);
    const mean = (logits: Float64Array = new Float64Array()): number =>
      logits.reduce((sum, logit) => sum + 1 / (1 + Math.exp(-logit)), 0) / rest;
    const [masked, twin] = [mean(run.commerce.scores?.test), mean(run.twin.scores?.test)];
    expect(twin).toBeGreaterThan(0.02);
    expect(Math.abs(masked - twin) / twin).toBeLessThan(0.001);
  });

  it("has factors of 13 significant bits, as far as the scale of the error allows", () => {
    for (const perRow of [1, 0.5 / 64, 0.1 / 1024, 0.002 / 1024]) {
      const { public: factors, dealt } = errorBits({ perRow });
      expect(factors + dealt).toBe(LOGISTIC_BITS.error);
      const significant = factors + Math.log2(perRow);
      expect(significant).toBeGreaterThanOrEqual(perRow < 1e-5 ? 9 : 12);
      expect(dealt).toBeGreaterThanOrEqual(LOGISTIC_BITS.noisySigmoid.dealt);
    }
    expect(errorBits({ perRow: 1, noise: 5n })).toEqual(LOGISTIC_BITS.noisySigmoid);
  });
});
