import { describe, expect, it } from "vitest";
import type { Inputs, Machine } from "../machine.ts";
import { maskedScoring } from "../models/scoring.ts";
import { maskedTraining, type TrainingPlan } from "../models/training.ts";
import { table } from "../testing/table.ts";
import { runWorld, type WorldOptions, type WorldRun } from "../testing/world.ts";
import type { ModelPlan } from "../models/model.ts";

const schedule = { epochs: 1, batchSize: 64, learningRate: 0.2, weightDecay: 1e-3 };
const models: readonly ModelPlan[] = [
  { kind: "logistic", ...schedule },
  { kind: "sine", hidden: 3, ...schedule },
];
const planOf = (model: ModelPlan): TrainingPlan => ({
  seed: "seal",
  model,
  labels: 1,
  rows: { train: 100, validation: 5, test: 10 },
  width: { media: 3, commerce: 2 },
});
type Saved = Readonly<Record<string, Uint8Array>>;
const code = (expected: string) => ({ cause: { code: expected } });

async function train(m: Machine, plan: TrainingPlan, own: Inputs): Promise<Saved> {
  const { parameters } = await maskedTraining(m, { plan, inputs: own });
  return Object.fromEntries(Object.entries(parameters).map(([name, part]) => [name, m.save(part)]));
}

/** The bytes with 2^59 added to the second word. */
function shifted(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const words = new BigUint64Array(copy.buffer);
  words[1] = BigInt.asUintN(64, (words[1] ?? 0n) + (1n << 59n));
  return copy;
}

describe.each(models.map((model) => [model.kind, planOf(model)] as const))(
  "the seal of a %s model",
  async (_, plan) => {
    const { inputs } = table(plan, "seal");
    const training = (options: WorldOptions = {}): Promise<WorldRun<Saved>> =>
      runWorld((m, own) => train(m, plan, own), inputs, {
        seed: "one",
        secrets: "model",
        ...options,
      });
    const trained = await training();
    const features = {
      media: inputs.features.media.slice(-10 * 3),
      commerce: inputs.features.commerce.slice(-10 * 2),
    };
    const score = (
      commerce: Saved,
      options: WorldOptions = {},
    ): Promise<WorldRun<Float64Array | undefined>> =>
      runWorld(
        (m, own) =>
          maskedScoring(m, {
            plan: { model: plan.model, labels: 1, rows: 10, width: plan.width },
            inputs: own,
            saved: m.role === "commerce" ? commerce : trained[m.role],
          }),
        { features },
        { seed: "two", secrets: "model", ...options },
      );
    const scoringNames = Object.keys(trained.commerce).filter((name) => name.startsWith("scoring"));

    it("lets an honest share pass", async () => {
      expect((await score(trained.commerce)).commerce).toHaveLength(10);
    });

    it.each(scoringNames)("refuses commerce with %s altered in one word", async (name) => {
      const saved = {
        ...trained.commerce,
        [name]: shifted(trained.commerce[name] ?? new Uint8Array()),
      };
      await expect(score(saved)).rejects.toMatchObject(code("SHARE_ALTERED"));
    });

    it("refuses commerce with masks of its own choice under the seal", async () => {
      const seal = trained.commerce["seal"]?.slice() ?? new Uint8Array();
      seal[0] = (seal[0] ?? 0) ^ 1;
      await expect(score({ ...trained.commerce, seal })).rejects.toMatchObject(
        code("SHARE_ALTERED"),
      );
    });

    it("finds each of commerce's openings of weights that was altered on its way", async () => {
      const weights: number[] = [];
      let frames = 0;
      const count = (alter: number) => ({
        commerce: ({ kind, payload }: { kind: string; payload: Uint8Array }) => {
          if (kind !== "opening") return undefined;
          const at = frames++;
          return at === alter ? [{ kind, payload: shifted(payload) }] : undefined;
        },
      });
      await score(trained.commerce, { onSend: count(-1) });
      const all = frames;
      for (let at = 0; at < all; at++) {
        frames = 0;
        const refused = await score(trained.commerce, { onSend: count(at) }).then(
          () => false,
          (thrown: unknown) =>
            ((thrown as Error).cause as { code?: string } | undefined)?.code === "SHARE_ALTERED",
        );
        if (refused) weights.push(at);
      }
      // Frames: rows, product, (angles and output weights,) truncation. Words of angles are not checked.
      expect(weights).toEqual([1]);
    });

    it("cannot be made of two openings that differ", async () => {
      for (const wanted of [0, 1]) {
        let sealing = false;
        let at = 0;
        const refused = training({
          onSend: {
            commerce: ({ kind, payload }) => {
              if (kind === "commit") sealing = true;
              if (!sealing || kind !== "opening" || at++ !== wanted) return undefined;
              return [{ kind, payload: shifted(payload) }];
            },
          },
        });
        await expect(refused).rejects.toMatchObject(code("SHARE_ALTERED"));
      }
    });

    it("costs media 32 bytes a pledge, and opens nothing of the weights when it scores", async () => {
      const run = await score(trained.commerce);
      expect(run.pledged.received["pledge"]).toEqual({
        frames: plan.model.kind === "sine" ? 3 : 2,
        bytes: 32 * (plan.model.kind === "sine" ? 3 : 2),
      });
    });
  },
);
