import { describe, expect, it } from "vitest";
import { transposedProduct } from "../operations/transposed-product.ts";
import { maskColumns } from "../operations/mask-columns.ts";
import { truncate } from "../operations/truncate.ts";
import { input, keep } from "../lessons/shared-input.ts";
import { opened } from "../testing/shares.ts";
import { table } from "../testing/table.ts";
import { runWorld } from "../testing/world.ts";
import { LARGEST_LOGIT, saturatedLabels, sharesOutside } from "./saturation.ts";
import { SINE_BITS } from "./sine.ts";
import { maskedTraining, type TrainingPlan } from "./training.ts";

describe("saturation", () => {
  it("is told when more than a hundredth of the logits wrap", () => {
    const logits = new Float64Array(200).fill(LARGEST_LOGIT - 0.1);
    logits[0] = 99;
    logits[1] = Number.NEGATIVE_INFINITY;
    expect(saturatedLabels(logits, 1)).toEqual([]);
    logits[2] = Number.NaN;
    expect(saturatedLabels(logits, 1)).toEqual([{ label: 0, share: 0.015 }]);
  });

  it("is looked for in every label, not in all together", () => {
    // 16 labels; of the third alone, 15 rows in a hundred have run away: 0.9% of all logits.
    const logits = Float64Array.from({ length: 100 * 16 }, (_, index) =>
      index % 16 === 2 && index < 15 * 16 ? 60 : 1,
    );
    expect(sharesOutside(logits, 16)).toEqual([0, 0, 0.15, ...new Array<number>(13).fill(0)]);
    expect(saturatedLabels(logits, 16)).toEqual([{ label: 2, share: 0.15 }]);
  });

  it("is nothing where there are no logits", () => {
    expect(saturatedLabels(new Float64Array(), 2)).toEqual([]);
  });

  it.each(["logistic", "sine"] as const)(
    "does not end a %s training that runs away: its ending would tell media of scores",
    async (kind) => {
      const schedule = { epochs: 4, batchSize: 32, learningRate: 500, weightDecay: 0 };
      const plan: TrainingPlan = {
        seed: "runaway",
        model: kind === "sine" ? { kind, hidden: 4, ...schedule } : { kind, ...schedule },
        labels: 1,
        rows: { train: 256, validation: 100, test: 50 },
        width: { media: 3, commerce: 3 },
      };
      const { inputs } = table(plan, "runaway");
      const { commerce } = await runWorld(
        async (m, own) =>
          m.role === "twin" ? undefined : (await maskedTraining(m, { plan, inputs: own })).scores,
        inputs,
      );
      expect(saturatedLabels(commerce?.validation ?? new Float64Array(), 1)).toHaveLength(1);
    },
  );
});

/**
 * The tightest place of the sine network's budget: the gradient of the hidden weights at scale 50,
 * of which truncation leaves magnitudes below 2^12, that is a mean of 4 over 1,024 rows. A feature
 * of 2, an error of 1 and an output weight of w give 2 w.
 */
describe("the largest gradient of the sine network's hidden weights", () => {
  const scale = 50 - SINE_BITS.features;
  const gradient = async (delta: number): Promise<{ masked: number; twin: number }> => {
    const rows = Uint32Array.from({ length: 1024 }, (_, index) => index);
    const features = {
      media: new Float64Array(1024).fill(2),
      commerce: new Float64Array(1024).fill(2),
    };
    const run = await runWorld(
      async (m, own) => {
        const x = m.columns(1024, { media: 1, commerce: 1 }, SINE_BITS.features, own);
        const d = await m.step(async () => {
          await m.round(maskColumns(x, 0, 1024));
          return input(m, 1024, 1, scale, new Float64Array(1024).fill(delta));
        });
        return m.step(async () => {
          const [g] = await m.round(transposedProduct(x, rows, d));
          const [coarse] = await m.round(truncate(g, g.scale - SINE_BITS.weights));
          return keep(m, coarse);
        });
      },
      { features },
    );
    const { masked, twin } = opened(run);
    return { masked: masked[0] ?? Number.NaN, twin: twin[0] ?? Number.NaN };
  };

  it.each([1.99, -1.99, 0.001])("is right for hidden errors of %d", async (delta) => {
    const { masked, twin } = await gradient(delta);
    expect(Math.abs(masked - twin)).toBeLessThan(1e-6);
  });

  // From 2 on truncation is wrong with growing probability; from 4 on the word itself overflows.
  it("is wrong for 4.01: the budget has ended", async () => {
    const { masked, twin } = await gradient(4.01);
    expect(Math.abs(masked - twin)).toBeGreaterThan(1);
  });
});
