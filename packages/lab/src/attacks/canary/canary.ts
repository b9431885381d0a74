import { createHash } from "node:crypto";
import { MoongateError } from "@moongate/errors";
import type { Plan } from "@moongate/messages";
import {
  discreteGaussianNoise,
  type GradientNoise,
  keyedWords,
  maskedTraining,
  type TrainingPlan,
} from "@moongate/mpc";
import { WatchedTwin } from "./watched-twin.ts";

/** What of a plan with noise an audit is about. */
export type NoisyPlan = Pick<Plan, "model" | "dp">;

/**
 * How strong the noise is, in parts of what the plan asks for: all of it, a quarter (a mistake of
 * a factor of four), or none. The last two are controls: an audit that does not object to them is
 * blind.
 */
export type NoiseLevel = "as planned" | "a quarter" | "none";

/** Training rows, the canary among them. Many enough that the others move the canary's logit. */
const ROWS = 100;
/** One column on each side. The clip makes the canary long beside the constant column. */
const CLIP = 1;

/**
 * One training of the masked program on the plaintext twin, with the real clipping, schedule and
 * sampler and with one party's noise, on one of two neighbouring tables:
 *
 * - 99 users have no features and convert. They drive the constant weight up, and with it the
 *   logit of whoever else there is.
 * - The canary does not convert, so its error is soon the largest: 1 instead of 1/2. Its features,
 *   one column on each side, are as long as the clip lets them be, and nobody else's gradient has
 *   a part along them. In one table they point forwards, in the other backwards: replacing that
 *   one user turns round its part of every gradient but for the constant column.
 *
 * @param forwards which of the two tables.
 * @param seed another for every training.
 * @returns the score of the training: the higher, the likelier it was the first table.
 * @throws MoongateError DP_INVALID for a plan without noise.
 */
export async function canaryScore(
  plan: NoisyPlan,
  forwards: boolean,
  level: NoiseLevel,
  seed: string,
): Promise<number> {
  const column = new Float64Array(ROWS);
  // Twice the clip: the program has to shorten it.
  column[0] = forwards ? 2 * CLIP : -2 * CLIP;
  const labels = new Uint8Array(ROWS).fill(1, 1);
  const half = Math.SQRT1_2;
  const twin = new WatchedTwin(noiseOf(level, seed), [half, half, 0]);
  await maskedTraining(twin, {
    plan: trainingPlan(plan, seed),
    inputs: { features: { media: column, commerce: column }, labels },
    onBatch: (_, rows) => {
      twin.watching = rows.includes(0);
    },
  });
  return twin.score;
}

function trainingPlan({ model, dp }: NoisyPlan, seed: string): TrainingPlan {
  if (dp === undefined || model.kind !== "logistic") {
    throw new MoongateError(
      "DP_INVALID",
      "only masked logistic regression with noise has a claim",
      {
        cure: "Audit a plan with an epsilon.",
      },
    );
  }
  return {
    seed,
    model,
    labels: 1,
    rows: { train: ROWS, validation: 0, test: 0 },
    width: { media: 1, commerce: 1 },
    dp: { clip: CLIP, noiseMultiplier: dp.noiseMultiplier },
  };
}

function noiseOf(level: NoiseLevel, seed: string): GradientNoise {
  if (level === "none") return (_, count) => new BigInt64Array(count);
  const key = createHash("sha256").update(`moongate/1 canary ${JSON.stringify([level, seed])}`);
  const noise = discreteGaussianNoise(keyedWords(key.digest()));
  return level === "a quarter" ? (sigma, count) => noise(sigma / 4n, count) : noise;
}
