import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Inputs } from "../machine.ts";
import { table, uniforms } from "../testing/table.ts";
import { runWorld, type WorldRun } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import type { ModelPlan } from "./model.ts";
import { maskedScoring, SCORING_VERSION } from "./scoring.ts";
import { maskedTraining, type TrainingOutcome, type TrainingPlan } from "./training.ts";

// The reference batch of 300 rows: rate and momentum stay those of the plan.
const schedule = { epochs: 2, batchSize: 32, learningRate: 0.1, weightDecay: 1e-3 };
const HEADS = [
  { rate: 1, decay: 1, start: 1 },
  { rate: 3, decay: 10, start: 1 },
];
const models: ModelPlan[] = [
  { kind: "logistic", ...schedule },
  { kind: "sine", hidden: 5, ...schedule },
  { kind: "portfolio", hidden: 3, heads: HEADS, ...schedule },
];
const unitsOf = (model: ModelPlan): number => {
  if (model.kind === "logistic") return 0;
  return model.kind === "sine" ? model.hidden : model.hidden * model.heads.length;
};
const planOf = (model: ModelPlan): TrainingPlan => ({
  seed: "scoring test",
  model,
  labels: 2,
  rows: { train: 300, validation: 70, test: 130 },
  width: { media: 4, commerce: 3 },
});

const PINNED = {
  logistic: "f66b89dc493bf521f5c071587a03ca213d0a3a1ef5b65960a60243f247bcb3f4",
  sine: "6ee08e56ed18ff03515e95970f7c5c77d4ecc28b271509805efb90ed1324014b",
  portfolio: "e4ad094f8dad9286634b85e81385e93fe4c6f749164d8313c065f1add381fdd8",
};

type Saved = Readonly<Record<string, Uint8Array>>;
type Trained = TrainingOutcome & { readonly saved: Saved };
type Features = ReturnType<typeof table>["inputs"]["features"];

/** Trains, and keeps what each machine would keep. */
function train(plan: TrainingPlan, inputs: Inputs): Promise<WorldRun<Trained>> {
  return runWorld(
    async (m, own) => {
      const outcome = await maskedTraining(m, { plan, inputs: own });
      const saved = Object.entries(outcome.parameters).map(([name, part]) => [name, m.save(part)]);
      return { ...outcome, saved: Object.fromEntries(saved) as Saved };
    },
    inputs,
    { seed: "training session", secrets: "model" },
  );
}

/** Scores in a session of its own, with the kept parameters and the parties' kept secrets. */
function score(
  plan: TrainingPlan,
  kept: Pick<WorldRun<Trained>, "media" | "commerce" | "dealer" | "twin">,
  features: Features,
  rows = plan.rows.test,
): Promise<WorldRun<Float64Array | undefined>> {
  return runWorld(
    (m, own) =>
      maskedScoring(m, {
        plan: { model: plan.model, labels: plan.labels, rows, width: plan.width },
        inputs: own,
        saved: kept[m.role].saved,
      }),
    { features },
    { seed: "another session", secrets: "model" },
  );
}

/** The features of the last `count` rows. */
const last = (plan: TrainingPlan, features: Features, count: number): Features => ({
  media: features.media.slice(-count * plan.width.media),
  commerce: features.commerce.slice(-count * plan.width.commerce),
});

/** Everything that crossed, as text: openings each way and dealt frames. */
const transcript = (run: WorldRun<unknown>): string[] =>
  [...run.openings.media, ...run.openings.commerce, ...run.dealtFrames].map((frame) =>
    Buffer.from(frame).toString("base64"),
  );

/** 16-byte pieces: none may ever be seen twice under different inputs. */
const pieces = (run: WorldRun<unknown>): Set<string> =>
  new Set(
    [...run.openings.media, ...run.openings.commerce].flatMap((frame) =>
      Array.from({ length: Math.floor(frame.length / 16) }, (_, at) =>
        Buffer.from(frame.subarray(16 * at, 16 * at + 16)).toString("base64"),
      ),
    ),
  );

describe.each(models.map((model) => [model.kind, planOf(model)] as const))(
  "scoring by a saved %s model",
  async (_, plan) => {
    const { inputs } = table(plan, "scoring");
    const trained = await train(plan, inputs);
    const test = last(plan, inputs.features, plan.rows.test);
    const again = await score(plan, trained, test);

    it("gives the training session's test scores bit for bit, and the twin's", () => {
      expect(again.commerce).toEqual(trained.commerce.scores?.test);
      expect(again.twin).toEqual(trained.twin.scores?.test);
      expect([again.media, again.dealer]).toEqual([undefined, undefined]);
      expect(new Set(again.disclosures.map((line) => line.what))).toEqual(new Set(["scores"]));
    });

    it("opens word for word what was opened then: nothing new", async () => {
      for (const side of ["media", "commerce"] as const) {
        const now = again.openings[side];
        expect(now).toEqual(trained.openings[side].slice(-now.length));
      }
      expect(again.dealtFrames).toEqual(trained.dealtFrames.slice(-again.dealtFrames.length));
      expect(transcript(await score(plan, trained, test))).toEqual(transcript(again));
    });

    it.each(["media", "commerce"] as const)(
      "with one value of %s changed, has no opening in common with the run before",
      async (side) => {
        const changed = { ...test, [side]: test[side].slice() };
        changed[side][7] = (changed[side][7] ?? 0) + 2 ** -12;
        const run = await score(plan, trained, changed);
        const before = pieces(again);
        expect([...pieces(run)].filter((piece) => before.has(piece))).toEqual([]);
        run.commerce?.forEach((value, index) => {
          expect(Math.abs(value - (again.commerce?.[index] ?? Number.NaN))).toBeLessThan(0.02);
        });
      },
    );

    it("with fewer rows, or a share changed in one bit, has none in common either", async () => {
      const before = pieces(again);
      const fewer = await score(plan, trained, last(plan, test, 100), 100);
      const [name, share] = Object.entries(trained.media.saved).find(([each]) =>
        each.startsWith("scoring"),
      ) as [string, Uint8Array];
      const other = share.slice();
      other[0] = (other[0] ?? 0) ^ 1;
      const media = { ...trained.media, saved: { ...trained.media.saved, [name]: other } };
      const altered = await score(plan, { ...trained, media }, test);
      for (const run of [fewer, altered]) {
        expect([...pieces(run)].filter((piece) => before.has(piece))).toEqual([]);
      }
    });

    it("costs what docs/protocols/prediction.md says", async () => {
      const of = async (rows: number): Promise<{ rounds: number; bytes: number[] }> => {
        const run = await score(plan, trained, last(plan, inputs.features, rows), rows);
        const { media, commerce } = run.pair;
        const sent = [media.sent.opening, commerce.sent.opening, run.dealt.received.deal];
        return { rounds: media.rounds, bytes: sent.map((kind) => kind?.bytes ?? 0) };
      };
      const [some, more] = [await of(40), await of(50)];
      const rounds = plan.model.kind === "logistic" ? 5 : 6;
      expect([some.rounds, more.rounds]).toEqual([rounds, rounds]);
      const perRow = more.bytes.map((bytes, at) => (bytes - (some.bytes[at] ?? 0)) / 10);
      const [m, c, k] = [plan.width.media, plan.width.commerce, plan.labels];
      const h = unitsOf(plan.model);
      const inProduct = h === 0 ? k : h;
      expect(perRow).toEqual([
        8 * m + 4 * h + 12 * k,
        8 * (c + 1) + 4 * h + 8 * k,
        8 * inProduct + 16 * h * (1 + k) + 16 * k,
      ]);
    });

    it("refuses a share of another shape", async () => {
      const media = { ...trained.media, saved: {} };
      await expect(score(plan, { ...trained, media }, test)).rejects.toMatchObject({
        cause: { code: "SHAPE_MISMATCH" },
      });
    });
  },
);

/**
 * Pinned: masks are a function of inputs, context and version. If the same inputs open other words
 * than they did in an earlier version, masks of that version cover two values.
 */
describe(`version ${SCORING_VERSION}`, () => {
  it.each(models.map((model) => [model.kind, planOf(model)] as const))(
    "opens what it always opened by a %s model (else: raise SCORING_VERSION, then update)",
    async (kind, plan) => {
      const rows = 20;
      const { media, commerce } = last(plan, table(plan, "pinned").inputs.features, rows);
      const shapes = {
        logistic: { scoring: [8, 2, 32] },
        sine: { scoringHidden: [8, 5, 24], scoringOutput: [6, 2, 11] },
        portfolio: { scoringHidden: [8, 6, 24], scoringOutput: [7, 2, 11] },
      } as const;
      const run = await runWorld(
        async (m, own) => {
          if (m.role === "twin") return;
          const next = uniforms(`pinned ${m.role}`);
          const parts = Object.entries<readonly [number, number, number]>(shapes[kind]).map(
            ([name, [height, cols, scale]]) => {
              const words = Uint8Array.from({ length: 8 * height * cols }, () => 256 * next());
              return [name, m.restore(height, cols, scale, words)] as const;
            },
          );
          const entering = { context: "pinned", values: parts.map(([, part]) => part) };
          const made = (): Promise<Record<string, Shared>> =>
            Promise.resolve(Object.fromEntries(parts));
          const { values, seal } = await m.seal(entering, made);
          const kept = Object.entries({ ...values, seal }).map(([name, part]) => [
            name,
            m.save(part),
          ]);
          await maskedScoring(m, {
            plan: { model: plan.model, labels: plan.labels, rows, width: plan.width },
            inputs: own,
            saved: Object.fromEntries(kept) as Saved,
          });
        },
        { features: { media, commerce } },
        { seed: "pinned" },
      );
      const hash = createHash("sha256").update(transcript(run).join()).digest("hex");
      expect(hash).toBe(PINNED[kind]);
    },
  );
});

describe("scoring in stretches", () => {
  const plan = planOf({ kind: "logistic", ...schedule });
  const rows = { train: 100, validation: 10, test: 5000 };
  const large: TrainingPlan = { ...plan, rows, width: { media: 1, commerce: 1 } };

  it("commits to each for itself: two rounds of one are not the other's", async () => {
    const { inputs } = table(large, "stretches");
    const constant = {
      media: new Float64Array(inputs.features.media.length),
      commerce: new Float64Array(inputs.features.commerce.length),
    };
    const trained = await train(large, { ...inputs, features: constant });
    const test = last(large, constant, rows.test);
    const run = await score(large, trained, test);
    expect(run.commerce).toEqual(trained.commerce.scores?.test);
    // All rows are alike, and yet no opening of the second stretch is one of the first.
    const all = run.openings.media.map((frame) =>
      Buffer.from(frame.subarray(0, 64)).toString("hex"),
    );
    expect(new Set(all).size).toBe(all.length);
  });
});
