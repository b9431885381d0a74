import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StageModel } from "./steps.ts";
import { DrawnLabels, drawEach, KeptLabels } from "./kept-labels.ts";
import { drawInTwoStages } from "./lp-2st.ts";
import { noiseOf } from "./noise.fixture.ts";
import { flipProbability, randomisedResponse } from "./randomised-response.ts";

const rows = 400;
const count = 2;
const labels = Uint8Array.from({ length: rows * count }, (_, index) => (index % 7 === 0 ? 1 : 0));

const responding = (name: string): KeptLabels => {
  const noise = noiseOf(name).stream("labels");
  return new KeptLabels(drawEach((label) => randomisedResponse(label, 1, noise)));
};

describe("drawn labels", () => {
  it("are drawn once: asked again, even before the first answer, it is the same", async () => {
    const step = responding("kept");
    const [first, second] = await Promise.all([
      step.targets(labels, count, rows),
      step.targets(labels, count, rows),
    ]);
    expect(second).toEqual(first);
    expect(await step.targets(labels.slice(), count, rows)).toEqual(first);
    expect(await responding("kept").targets(labels, count, rows)).toEqual(first);
    expect(await responding("else").targets(labels, count, rows)).not.toEqual(first);
  });

  it("are the callers' own to change", async () => {
    const step = responding("kept");
    const first = await step.targets(labels, count, rows);
    const copy = first.slice();
    first.fill(9);
    expect(await step.targets(labels, count, rows)).toEqual(copy);
  });

  it("refuse other labels afterwards, and a wrong shape", async () => {
    const step = responding("kept");
    await step.targets(labels, count, rows);
    const other = labels.with(3, 1 - (labels[3] ?? 0));
    await expect(step.targets(other, count, rows)).rejects.toMatchObject({ code: "INTERNAL" });
    await expect(step.targets(labels, 1, rows * count)).rejects.toMatchObject({ code: "INTERNAL" });
    await expect(responding("x").targets(labels, count, 3)).rejects.toMatchObject({
      code: "SHAPE_MISMATCH",
    });
  });

  it("give their bits by row: the ones that the targets stand for", async () => {
    const step = responding("bits");
    expect(() => step.bitsOf(Uint32Array.of(0), count)).toThrow(
      expect.objectContaining({ code: "INTERNAL" }),
    );
    const targets = await step.targets(labels, count, rows);
    const bits = step.bitsOf(Uint32Array.of(17, 2), count);
    const expected = [34, 35, 4, 5].map((index) => ((targets[index] ?? 0) > 0.5 ? 1 : 0));
    expect(Array.from(bits)).toEqual(expected);
  });
});

describe("LP-2ST", () => {
  interface Seen {
    train: { readonly rows: Uint32Array; readonly targets: Float32Array };
    predict: Uint32Array;
  }

  /** A draw with a first-stage model that says the same probability of everything. */
  async function run(
    given: Uint8Array,
    probability: number,
    { epsilon = 1, prior = 0.5 } = {},
  ): Promise<{ drawn: DrawnLabels; seen: Seen[] }> {
    const seen: Seen[] = [];
    const stageModel: StageModel = (train, predict, labelCount) => {
      seen.push({ train, predict });
      return new Float64Array(predict.length * labelCount).fill(probability);
    };
    const noise = noiseOf("two stages").stream("labels");
    const draw = drawInTwoStages({ epsilon, prior, stageModel, noise });
    return { drawn: await draw(given, count, rows), seen };
  }

  const firstHalf = async (): Promise<{ train: Uint32Array; predict: Uint32Array }> => {
    const { seen } = await run(labels, 0.5);
    expect(seen).toHaveLength(1);
    return {
      train: seen[0]?.train.rows ?? new Uint32Array(),
      predict: seen[0]?.predict ?? new Uint32Array(),
    };
  };

  it("cuts the rows at random into two halves without overlap", async () => {
    const { train, predict } = await firstHalf();
    expect([train.length, predict.length]).toEqual([rows / 2, rows / 2]);
    expect(new Set([...train, ...predict]).size).toBe(rows);
    expect(train).not.toEqual(train.toSorted());
  });

  it("shows the first stage's model draws of the first half, and of nothing else", async () => {
    const { predict } = await firstHalf();
    const turned = labels.slice();
    for (const row of predict) {
      for (let k = 0; k < count; k++) turned[row * count + k] = 1 - (labels[row * count + k] ?? 0);
    }
    const [before, after] = [await run(labels, 0.5), await run(turned, 0.5)];
    expect(after.seen).toEqual(before.seen);
    expect(after.drawn.bits).not.toEqual(before.drawn.bits);

    const f = flipProbability(1);
    for (const target of before.seen[0]?.train.targets ?? []) {
      expect(
        [-f / (1 - 2 * f), (1 - f) / (1 - 2 * f)].some((x) => Math.abs(x - target) < 1e-6),
      ).toBe(true);
    }
  });

  it.each([
    { probability: 0.01, bit: 0 },
    { probability: 0.99, bit: 1 },
    { probability: 1.2, bit: 1 },
    { probability: -0.2, bit: 0 },
  ])("takes the second half's prior from the model: $probability", async ({ probability, bit }) => {
    const { predict } = await firstHalf();
    const { drawn } = await run(labels, probability);
    for (const row of predict) {
      expect(drawn.bits[row * count]).toBe(bit);
      expect(drawn.targets[row * count]).toBe(bit);
    }
  });

  it("asks no model when the prior settles the first half", async () => {
    const { drawn, seen } = await run(labels, 0.99, { prior: 0.03, epsilon: 2 });
    expect(seen).toHaveLength(0);
    expect(drawn.bits.every((bit) => bit === 0)).toBe(true);
  });

  it("is randomised response throughout when the model knows nothing", async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0.5, max: 4, noNaN: true }), async (epsilon) => {
        const { drawn } = await run(labels, 0.5, { epsilon });
        const kept = drawn.bits.filter((bit, index) => bit === labels[index]).length;
        const f = flipProbability(epsilon);
        const deviation = Math.sqrt(f * (1 - f) * labels.length);
        expect(Math.abs(kept - (1 - f) * labels.length)).toBeLessThan(5 * deviation);
      }),
      { numRuns: 20, seed: 1 },
    );
  });

  it("refuses a model that gives no numbers, or too few", async () => {
    await expect(run(labels, Number.NaN)).rejects.toMatchObject({ code: "SATURATION" });
    const draw = drawInTwoStages({
      epsilon: 1,
      prior: 0.5,
      stageModel: () => [0.5],
      noise: noiseOf("x").stream("labels"),
    });
    await expect(draw(labels, count, rows)).rejects.toMatchObject({ code: "SHAPE_MISMATCH" });
  });
});
