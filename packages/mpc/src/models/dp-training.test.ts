import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { shareOf } from "../machines/share-arithmetic.ts";
import { TwinMachine, valuesOf } from "../machines/twin.ts";
import { discreteGaussianNoise, type GradientNoise } from "../noise/discrete-gaussian.ts";
import { keyedWords } from "../noise/random-words.ts";
import type { Side } from "../side.ts";
import { table } from "../testing/table.ts";
import { runWorld, type WorldRun } from "../testing/world.ts";
import { LOGISTIC_BITS } from "./logistic.ts";
import { noisySchedule, plannedBatchSize } from "./noisy-schedule.ts";
import { maskedScoring } from "./scoring.ts";
import { rateShape } from "./schedule.ts";
import { gradientSensitivity, largestRow } from "./sensitivity.ts";
import { maskedTraining, type TrainingOutcome, type TrainingPlan } from "./training.ts";

const plan: TrainingPlan = {
  seed: "dp test",
  model: { kind: "logistic", epochs: 8, batchSize: "auto", learningRate: 1, weightDecay: 1e-3 },
  labels: 2,
  rows: { train: 500, validation: 40, test: 100 },
  width: { media: 5, commerce: 4 },
  dp: { clip: 0.5, noiseMultiplier: 0.5 },
};
const { inputs } = table(plan, "dp");

const keyed =
  (seed: string) =>
  (side: Side): GradientNoise =>
    discreteGaussianNoise(keyedWords(createHash("sha256").update(`${seed} ${side}`).digest()));
const none = (): GradientNoise => (_sigma, count) => new BigInt64Array(count);

const train = (noise: (side: Side) => GradientNoise, seed = "dp") =>
  runWorld((m, own) => maskedTraining(m, { plan, inputs: own }), inputs, { seed, noise });

const opened = (run: WorldRun<TrainingOutcome>): number[] => {
  const words = (side: Side) => shareOf(run[side].parameters["weights"] as never).words();
  const commerce = words("commerce");
  return Array.from(words("media"), (word, index) => {
    const sum = BigInt.asIntN(64, word + (commerce[index] ?? 0n));
    return Number(sum) / 2 ** LOGISTIC_BITS.weights;
  });
};
const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, index) => Math.abs(value - (b[index] ?? Number.NaN))));

describe("training with noise inside the masks", () => {
  it.each([
    ["no noise, only clipped rows", none],
    ["both parties' noise", keyed("recorded")],
  ])("ends with the twin's weights and scores: %s", async (_, noise) => {
    const run = await train(noise);
    const twin = valuesOf(run.twin.parameters["weights"] as never);
    // Stated precision: dealt sines are rounded to 2^-7, which hundreds of rows average out.
    expect(farthest(opened(run), twin)).toBeLessThan(0.01);
    expect(farthest(run.commerce.scores?.test ?? [], run.twin.scores?.test ?? [])).toBeLessThan(
      0.03,
    );
    expect(Math.max(...twin.map(Math.abs))).toBeGreaterThan(0.1);
  });

  it("is moved by each party's noise alone, which is fresh by default", async () => {
    const only = (side: Side) => (each: Side) => (each === side ? keyed("one") : none)(each);
    const calm = opened(await train(none));
    const [media, commerce] = [await train(only("media")), await train(only("commerce"))];
    for (const run of [media, commerce]) expect(farthest(opened(run), calm)).toBeGreaterThan(0.02);
    expect(farthest(opened(media), opened(commerce))).toBeGreaterThan(0.02);
    const fresh = (): Promise<number[]> =>
      runWorld((m, own) => maskedTraining(m, { plan, inputs: own }), inputs).then(opened);
    expect(farthest(await fresh(), await fresh())).toBeGreaterThan(0.02);
  });

  it("draws noise of the deviation that its multiplier asks for, once a step", async () => {
    const sigmas: bigint[] = [];
    const noted: GradientNoise = (sigma, count) => {
      expect(count).toBe(10 * plan.labels);
      sigmas.push(sigma);
      return new BigInt64Array(count);
    };
    await maskedTraining(new TwinMachine(undefined, [noted]), { plan, inputs });
    expect(sigmas.length).toBe(plan.model.epochs);
    const dp = plan.dp ?? { clip: 0, noiseMultiplier: 0 };
    const { batchSize, learningRate } = noisySchedule(plan.model, 500, dp, plan);
    expect(batchSize).toBe(500);
    // The rate rises, then falls along a cosine, and the noise with it.
    sigmas.forEach((sigma, step) => {
      const rate = learningRate * rateShape(step, sigmas.length, true);
      const expected = gradientSensitivity(dp, plan, rate / batchSize) * dp.noiseMultiplier;
      expect(Number(sigma) / expected).toBeCloseTo(1, 9);
    });
    expect(Math.max(...sigmas.map(Number))).toBeGreaterThan(Number(sigmas[0]));
  });

  it("scores rows clipped as in training", async () => {
    const program = async (dp: TrainingPlan["dp"]): Promise<Float64Array | undefined> => {
      const m = new TwinMachine();
      const { parameters } = await maskedTraining(m, { plan, inputs });
      const { model, labels, width } = plan;
      return maskedScoring(m, {
        plan: { model, labels, width, rows: 640, ...(dp === undefined ? {} : { dp }) },
        inputs,
        saved: { weights: m.save(parameters["weights"] as never) },
      });
    };
    const trained = await maskedTraining(new TwinMachine(), { plan, inputs });
    const test = trained.scores?.test ?? new Float64Array();
    const clipped = (await program(plan.dp))?.slice(-test.length) ?? [];
    expect(farthest(clipped, test)).toBeLessThan(1e-12);
    expect(farthest((await program(undefined))?.slice(-test.length) ?? [], test)).toBeGreaterThan(
      0.1,
    );
  });

  it("is refused for the sine network", () => {
    const sine = { ...plan, model: { ...plan.model, kind: "sine" as const, hidden: 4 } };
    expect(() => maskedTraining(new TwinMachine(), { plan: sine, inputs })).toThrow(
      expect.objectContaining({ code: "INTERNAL" }),
    );
  });
});

describe("the schedule under noise", () => {
  const dp = { clip: 0.5, noiseMultiplier: 10 };
  const shape = { width: { media: 50, commerce: 40 }, labels: 3 };
  const choose = (rows: number, noiseMultiplier = 10, batchSize: number | "auto" = "auto") =>
    noisySchedule(
      { epochs: 20, learningRate: 1, batchSize },
      rows,
      { ...dp, noiseMultiplier },
      shape,
    );

  it("takes all rows at once, or equal batches of at most 16,384", () => {
    expect(choose(14_846).batchSize).toBe(14_846);
    expect(choose(16_384).batchSize).toBe(16_384);
    expect(choose(16_385).batchSize).toBe(8193);
    expect(choose(1e6).batchSize).toBe(Math.ceil(1e6 / 62));
    expect(choose(1000, 10, 64).batchSize).toBe(64);
    expect(choose(1000, 10, 65_536).batchSize).toBe(1000);
  });

  it("keeps the learning rate where rows outweigh noise, and lowers it where they do not", () => {
    const [norm, row] = [2 ** -24, largestRow(dp, shape.width) ** 2];
    expect(choose(100_000, 1)).toMatchObject({ momentum: 0.9, warmUp: true });
    // A step may move a logit by so much that the longest row's squared norm bounds the rate.
    expect(choose(100_000, 1).learningRate).toBeCloseTo(20 / (row * norm), 9);
    const few = choose(500);
    expect(few.learningRate).toBeLessThan(0.1);
    expect(few.learningRate / choose(1000).learningRate).toBeCloseTo(0.5, 2);
  });

  it("refuses noise that leaves no room for a model, however small the rate", () => {
    expect(() => choose(1000, 1e6)).toThrow(expect.objectContaining({ code: "DP_INVALID" }));
    expect(choose(1000, 2000).learningRate).toBeGreaterThan(0);
  });

  it("is the plan's batch size in either case", () => {
    const model = { batchSize: "auto" } as const;
    expect(plannedBatchSize({ model, dp }, 5000)).toBe(5000);
    expect(plannedBatchSize({ model }, 5000)).toBeLessThan(1000);
  });
});
