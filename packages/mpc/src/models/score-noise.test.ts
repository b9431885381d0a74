import { describe, expect, it } from "vitest";
import type { Inputs } from "../machine.ts";
import { SCORE_NOISE } from "../noise/score-offsets.ts";
import { table } from "../testing/table.ts";
import { runWorld, type WorldOptions, type WorldRun } from "../testing/world.ts";
import type { ModelPlan } from "./model.ts";
import { maskedScoring, type ScoringPlan } from "./scoring.ts";
import { maskedTraining, type TrainingPlan } from "./training.ts";

const schedule = { epochs: 2, batchSize: 64, learningRate: 0.2, weightDecay: 1e-3 };
const models: readonly ModelPlan[] = [
  { kind: "logistic", ...schedule },
  { kind: "sine", hidden: 4, ...schedule },
];
const ROWS = 40;
const planOf = (model: ModelPlan): TrainingPlan => ({
  seed: "score noise",
  model,
  labels: 2,
  rows: { train: 200, validation: 20, test: ROWS },
  width: { media: 3, commerce: 2 },
});
type Saved = Readonly<Record<string, Uint8Array>>;
type Kept = { readonly scores: Float64Array | undefined; readonly saved: Saved };
type Columns = { readonly media: Float64Array; readonly commerce: Float64Array };

const train = (plan: TrainingPlan, inputs: Inputs): Promise<WorldRun<Kept>> =>
  runWorld(
    async (m, own) => {
      const { parameters, scores } = await maskedTraining(m, { plan, inputs: own });
      const saved = Object.entries(parameters).map(([name, part]) => [name, m.save(part)]);
      return { scores: scores?.test, saved: Object.fromEntries(saved) as Saved };
    },
    inputs,
    { seed: "training", secrets: "model" },
  );

interface Score extends Omit<WorldOptions, "seed" | "secrets"> {
  readonly users: readonly string[];
  readonly features: Columns;
  readonly plan?: Partial<ScoringPlan>;
  /** What commerce makes of what it kept. */
  readonly altered?: (saved: Saved) => Saved;
}

/** Scores by what a training left. */
function score(
  { model, labels, width }: TrainingPlan,
  trained: WorldRun<Kept>,
  { users, features, plan = {}, altered = (saved) => saved, ...world }: Score,
): Promise<WorldRun<Float64Array | undefined>> {
  return runWorld(
    (m, own) =>
      maskedScoring(m, {
        plan: { model, labels, rows: users.length, width, ...plan },
        inputs: own,
        saved: m.role === "commerce" ? altered(trained.commerce.saved) : trained[m.role].saved,
      }),
    { features, users: (row) => users[row] ?? "" },
    { ...world, seed: "scoring", secrets: "model" },
  );
}

const idOf = (row: number): string => `id ${row}`;
const ids = Array.from({ length: ROWS }, (_, row) => idOf(row));

describe.each(models.map((model) => [model.kind, planOf(model)] as const))(
  "score noise of a %s model",
  async (_, plan) => {
    const { inputs } = table(plan, "score noise");
    const first = plan.rows.train + plan.rows.validation;
    const trained = await train(plan, { ...inputs, users: (row) => idOf(row - first) });
    const test: Columns = {
      media: inputs.features.media.slice(-ROWS * 3),
      commerce: inputs.features.commerce.slice(-ROWS * 2),
    };
    const { labels } = plan;
    const bare = { scoreNoise: 0 };
    const plain = await score(plan, trained, { users: ids, features: test, plan: bare });
    const noisy = await score(plan, trained, { users: ids, features: test });
    const offsets = (of: WorldRun<Float64Array | undefined>, exact = plain): number[] =>
      Array.from(of.commerce ?? [], (value, at) => value - (exact.commerce?.[at] ?? Number.NaN));

    it("is on by default, in training and later alike, with its deviation in the ledger", () => {
      expect(noisy.commerce).toEqual(trained.commerce.scores);
      const own = offsets(noisy);
      const deviation = Math.sqrt(own.reduce((sum, value) => sum + value ** 2, 0) / own.length);
      expect(deviation).toBeGreaterThan(0.7 * SCORE_NOISE);
      expect(deviation).toBeLessThan(1.4 * SCORE_NOISE);
      expect(noisy.disclosures[0]?.why).toContain("noise of deviation 0.05");
      expect(plain.disclosures[0]?.why).not.toContain("noise");
    });

    it("is the same for a user in any order and company, and whatever commerce's columns are", async () => {
      const order = ids.map((_id, at) => (at * 7 + 3) % ROWS).slice(0, ROWS - 5);
      const features: Columns = {
        media: Float64Array.from(
          order.flatMap((row) => [...test.media.slice(3 * row, 3 * row + 3)]),
        ),
        commerce: Float64Array.from(order.flatMap((row) => [Math.cos(row), 0])),
      };
      const users = order.map(idOf);
      const changed = await score(plan, trained, { users, features });
      const exact = await score(plan, trained, { users, features, plan: bare });
      const before = offsets(noisy);
      const squares = offsets(changed, exact).map((value, at) => {
        const row = order[Math.floor(at / labels)] ?? 0;
        return (value - (before[row * labels + (at % labels)] ?? Number.NaN)) ** 2;
      });
      const differ = Math.sqrt(squares.reduce((sum, each) => sum + each, 0) / squares.length);
      // The rounding of two runs lies between; a sine network's is coarser.
      expect(differ).toBeLessThan(plan.model.kind === "sine" ? SCORE_NOISE / 3 : 2 ** -14);
    });

    it("is another for every user and label", () => {
      const all = offsets(noisy).map((value) => value.toFixed(4));
      expect(new Set(all).size).toBeGreaterThan(0.8 * all.length);
    });

    it("never opens the same under another offset: who the users are is part of the masks", async () => {
      const others = ids.map((id) => `${id} of others`);
      const run = await score(plan, trained, { users: others, features: test });
      const known = new Set(
        noisy.openings.media.map((frame) => Buffer.from(frame).toString("hex")),
      );
      const again = run.openings.media.filter((frame) =>
        known.has(Buffer.from(frame).toString("hex")),
      );
      expect(again).toEqual([]);
    });

    it("asks media before anything of a row is sent, and tells it each row of commerce apart", async () => {
      const asked: string[][] = [];
      const admitRows = (users: readonly string[], versions: readonly string[]): Promise<void> => {
        expect(users).toEqual(ids);
        asked.push([...versions]);
        return Promise.resolve();
      };
      await score(plan, trained, { users: ids, features: test, admitRows });
      const commerce = test.commerce.slice();
      commerce[2 * 5] = 0.5;
      await score(plan, trained, { users: ids, features: { ...test, commerce }, admitRows });
      const [before = [], after = []] = asked;
      expect(new Set(before).size).toBe(ROWS);
      expect(before.flatMap((tag, row) => (tag === after[row] ? [] : [row]))).toEqual([5]);

      const kinds: string[] = [];
      const refused = score(plan, trained, {
        users: ids,
        features: test,
        admitRows: () => Promise.reject(new Error("no")),
        onSend: {
          media: ({ kind }) => {
            kinds.push(kind);
            return undefined;
          },
        },
      });
      await expect(refused).rejects.toThrow("failed");
      expect(kinds).toEqual(["commit"]);
    });

    it("stays below what a score tells at most: no logit outside the window", async () => {
      const media = test.media.map((value) => value * 1.9);
      const run = await score(plan, trained, { users: ids, features: { ...test, media } });
      for (const value of run.commerce ?? []) expect(Math.abs(value)).toBeLessThanOrEqual(64);
    });
  },
);
