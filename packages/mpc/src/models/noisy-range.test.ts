import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { TwinMachine } from "../machines/twin.ts";
import { discreteGaussianNoise } from "../noise/discrete-gaussian.ts";
import { keyedWords } from "../noise/random-words.ts";
import { LARGEST_LOGIT } from "./saturation.ts";
import { maskedTraining, type TrainingPlan } from "./training.ts";

const ROWS = { train: 120, validation: 40, test: 0 };
const WIDTH = { media: 12, commerce: 8 };

/** The largest logit of held-out rows after any epoch, of a training with both parties' noise. */
async function largest(noiseMultiplier: number, epochs: number, seed: string): Promise<number> {
  const plan: TrainingPlan = {
    ...{ seed, labels: 2, rows: ROWS, width: WIDTH, watchValidation: true, scoreNoise: 0 },
    model: { kind: "logistic", epochs, batchSize: "auto", learningRate: 1, weightDecay: 0 },
    dp: { clip: 0.5, noiseMultiplier },
  };
  // The hardest table: every row alike and as long as the clip allows, one label never, one always.
  const rows = ROWS.train + ROWS.validation;
  const features = {
    media: new Float64Array(rows * WIDTH.media).fill(1),
    commerce: new Float64Array(rows * WIDTH.commerce).fill(1),
  };
  const labels = Uint8Array.from({ length: rows * 2 }, (_, index) => index % 2);
  const key = (side: string) => createHash("sha256").update(`${seed} ${side}`).digest();
  const noises = ["media", "commerce"].map((side) => discreteGaussianNoise(keyedWords(key(side))));
  const { looks } = await maskedTraining(new TwinMachine(undefined, noises), {
    plan,
    inputs: { features, labels },
  });
  expect(looks).toHaveLength(epochs);
  return Math.max(...looks.flatMap((look) => [...look].map(Math.abs)));
}

describe("logits under noise", () => {
  // Multipliers of epsilon 4, 2, 1 and 0.5 at 20 epochs and delta 10^-6.
  it.each([6.3, 12, 23.4, 46.4])(
    "never reach the wrap, noise multiplier %d",
    async (multiplier) => {
      for (let run = 0; run < 5; run++) {
        const most = await largest(multiplier, 20, `range ${run}`);
        expect(most).toBeLessThan(LARGEST_LOGIT);
      }
    },
  );

  it.each([1, 2, 5, 8, 60])(
    "never reach it in %d epochs, with hardly any noise",
    async (epochs) => {
      expect(await largest(0.05, epochs, "calm")).toBeLessThan(LARGEST_LOGIT);
    },
  );
});
