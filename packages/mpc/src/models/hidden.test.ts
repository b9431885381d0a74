import { describe, expect, it } from "vitest";
import type { Inputs, Machine } from "../machine.ts";
import { shareOf } from "../machines/share-arithmetic.ts";
import { TwinMachine, valuesOf } from "../machines/twin.ts";
import { discreteGaussianNoise } from "../noise/discrete-gaussian.ts";
import { keyedWords } from "../noise/random-words.ts";
import type { Side } from "../side.ts";
import { table, uniforms } from "../testing/table.ts";
import { runWorld } from "../testing/world.ts";
import type { Shared } from "../values.ts";
import { LOGISTIC_BITS, logistic } from "./logistic.ts";
import type { MaskedModel, ModelPlan } from "./model.ts";
import { batches, cosineDecay } from "./schedule.ts";
import { SINE_BITS, sine } from "./sine.ts";
import { stepSchedule } from "./slot-schedule.ts";
import { stepCosts } from "./step-costs.ts";
import { rowsOf, withIntercept } from "./table.ts";
import { privateTargets } from "./targets.ts";
import { maskedTraining, type TrainingOutcome, type TrainingPlan } from "./training.ts";

const schedule = { epochs: 2, batchSize: 32, learningRate: 0.2, weightDecay: 1e-3 };
const planOf = (model: ModelPlan): TrainingPlan => ({
  seed: "hidden test",
  model,
  labels: 2,
  rows: { train: 400, validation: 60, test: 90 },
  width: { media: 4, commerce: 3 },
  hidden: { overlap: 0.4 },
});
const MODELS: readonly (readonly [string, ModelPlan, number])[] = [
  ["logistic", { kind: "logistic", ...schedule }, LOGISTIC_BITS.weights],
  ["sine", { kind: "sine", hidden: 5, ...schedule }, SINE_BITS.weights],
];

interface Union {
  readonly features: Inputs["features"];
  readonly labels: Uint8Array;
  readonly slots: Readonly<Record<Side, Uint8Array>>;
}

/** A union of users: who has a row in which slot, with zero rows (and no label) where nobody has. */
function union(plan: TrainingPlan, seed: string): Union {
  const { inputs } = table(plan, seed);
  const next = uniforms(`${seed} slots`);
  const total = plan.rows.train + plan.rows.validation + plan.rows.test;
  const draw = (): Uint8Array => Uint8Array.from({ length: total }, () => (next() < 0.63 ? 1 : 0));
  const slots = { media: draw(), commerce: draw() };
  const zeroed = <T extends Float64Array | Uint8Array>(
    values: T,
    cols: number,
    own: Uint8Array,
  ): T => values.map((value, index) => (own[Math.floor(index / cols)] === 1 ? value : 0)) as T;
  return {
    features: {
      media: zeroed(inputs.features.media, plan.width.media, slots.media),
      commerce: zeroed(inputs.features.commerce, plan.width.commerce, slots.commerce),
    },
    labels: zeroed(inputs.labels, plan.labels, slots.commerce),
    slots,
  };
}

const isCommon = ({ slots }: Union, slot: number): boolean =>
  slots.media[slot] === 1 && slots.commerce[slot] === 1;

/** Trains the plain twin on the common rows alone, in the order and the batches of their slots. */
async function commonRowsAlone(
  plan: TrainingPlan,
  all: Union,
): Promise<TrainingOutcome["parameters"]> {
  const run = async <State, P extends Readonly<Record<string, Shared>>>(
    model: MaskedModel<State, P>,
  ) => {
    const m = new TwinMachine();
    const { train, validation, test } = plan.rows;
    const rows = train + validation + test;
    const whole = withIntercept(m, { rows, width: plan.width, features: all.features });
    const { width, features } = rowsOf(whole, 0, train);
    const x = m.columns(train, width, model.featureBits, { features });
    const y = m.privateMatrix("commerce", train, plan.labels, {
      features: {},
      labels: all.labels.subarray(0, train * plan.labels),
    });
    const state = model.start(m, x, plan.labels, plan.seed);
    const { slots, counted, learningRate, momentum } = stepSchedule(plan);
    const steps = plan.model.epochs * Math.ceil(train / slots);
    let done = 0;
    for (let epoch = 0; epoch < plan.model.epochs; epoch++) {
      for (const batch of batches(plan.seed, epoch, train, slots)) {
        const current = learningRate * cosineDecay(done++ / steps, 0.02);
        const rate = {
          perRow: current / counted,
          decay: current * plan.model.weightDecay,
          momentum,
        };
        const common = batch.filter((slot) => isCommon(all, slot));
        await m.step(() => model.step(m, state, x, privateTargets(y), common, rate));
      }
    }
    return model.parameters(state);
  };
  return plan.model.kind === "sine" ? run(sine(plan.model)) : run(logistic);
}

/** The dealer knows who has a row where, a party its own side of it. */
const program =
  (plan: TrainingPlan, { slots }: Union) =>
  (m: Machine, own: Inputs): Promise<TrainingOutcome> => {
    const known = m.role === "media" || m.role === "commerce" ? { [m.role]: slots[m.role] } : slots;
    return maskedTraining(m, { plan, inputs: { ...own, slots: known } });
  };

describe.each(MODELS)("a %s model of hidden slots", (_, model, weightBits) => {
  const plan = planOf(model);
  const all = union(plan, "slots");

  it("is the model that the common rows alone train, to the protocol's precision", async () => {
    const run = await runWorld(program(plan, all), all);
    const alone = await commonRowsAlone(plan, all);
    for (const [name, expected] of Object.entries(alone)) {
      const twin = valuesOf(run.twin.parameters[name] as Shared);
      const media = shareOf(run.media.parameters[name] as Shared).words();
      const commerce = shareOf(run.commerce.parameters[name] as Shared).words();
      valuesOf(expected).forEach((value, index) => {
        // Unmatched slots add exact zeros. What is left: the rate on labels is rounded as in the ring.
        expect(Math.abs((twin[index] ?? Number.NaN) - value)).toBeLessThan(1e-5);
        const word = BigInt.asIntN(64, (media[index] ?? 0n) + (commerce[index] ?? 0n));
        expect(Math.abs(Number(word) / 2 ** weightBits - value)).toBeLessThan(1e-2);
      });
    }
    expect(valuesOf(Object.values(alone)[0] as Shared).some((value) => Math.abs(value) > 0.1)).toBe(
      true,
    );
  });

  it("scores all of commerce's slots, and none but them", async () => {
    const run = await runWorld(program(plan, all), all);
    const { train, validation } = plan.rows;
    const own = all.slots.commerce.subarray(train + validation);
    const scores = run.commerce.scores?.test ?? new Float64Array();
    expect(scores.length).toBe(own.filter(Boolean).length * plan.labels);
    scores.forEach((score, index) => {
      expect(Math.abs(score - (run.twin.scores?.test[index] ?? Number.NaN))).toBeLessThan(0.03);
    });
    expect(run.media.scores).toBeUndefined();
  });

  it("takes no more a slot than a row takes, but for sharing the labels once", async () => {
    const shape = { width: { media: 4, commerce: 4 }, labels: 2 };
    const step = await stepCosts(model, { ...shape, slots: true }, 64);
    expect(step).toEqual(await stepCosts(model, shape, 64));

    const { hidden, ...rows } = { ...plan, hidden: { overlap: 1 } };
    const slots = await runWorld(program({ ...rows, hidden }, all), all);
    const plain = await runWorld((m, own) => maskedTraining(m, { plan: rows, inputs: own }), all);
    expect(slots.pair.media.rounds).toBe(plain.pair.media.rounds);
    const bytes = (run: typeof plain) => [
      run.pair.media.sent.opening?.bytes ?? 0,
      run.pair.commerce.sent.opening?.bytes ?? 0,
      run.dealt.received.deal?.bytes ?? 0,
    ];
    const more = bytes(slots).map((count, index) => count - (bytes(plain)[index] ?? 0));
    expect(more).toEqual([0, 8 * 2, 8 * (1 + 2)].map((each) => each * plan.rows.train));
  });
});

describe("a portfolio of hidden slots", () => {
  it("is weighed on commerce's own slots, as the twin weighs it", async () => {
    const heads = [1, 3].map((rate) => ({ rate, decay: 1, start: 1 }));
    const plan = planOf({ kind: "portfolio", hidden: 3, heads, ...schedule });
    const all = union(plan, "portfolio");
    const run = await runWorld(program(plan, all), all);
    const { train, validation } = plan.rows;
    const own = all.slots.commerce.subarray(train, train + validation).filter(Boolean).length;
    const { commerce, twin } = run;
    expect(commerce.chosen?.scores.truth.length).toBe(own * plan.labels);
    expect(commerce.chosen?.scores.logits.length).toBe(own * plan.labels * heads.length);
    expect(commerce.chosen?.weights).toEqual(twin.chosen?.weights);
    expect(commerce.scores?.validation.length).toBe(own * plan.labels);
    commerce.scores?.test.forEach((score, index) => {
      expect(Math.abs(score - (twin.scores?.test[index] ?? Number.NaN))).toBeLessThan(0.05);
    });
  });
});

describe("a noisy model of hidden slots", () => {
  it("ends with the twin's weights under the same noise", async () => {
    const plan: TrainingPlan = {
      ...planOf({ kind: "logistic", ...schedule, batchSize: "auto", learningRate: 1, epochs: 4 }),
      dp: { clip: 1.2, noiseMultiplier: 0.5 },
    };
    const all = union(plan, "noisy");
    const noise = (side: string) => discreteGaussianNoise(keyedWords(Buffer.alloc(32, side)));
    const run = await runWorld(program(plan, all), all, { noise });
    const twin = valuesOf(run.twin.parameters["weights"] as Shared);
    const media = shareOf(run.media.parameters["weights"] as Shared).words();
    const commerce = shareOf(run.commerce.parameters["weights"] as Shared).words();
    twin.forEach((value, index) => {
      const word = BigInt.asIntN(64, (media[index] ?? 0n) + (commerce[index] ?? 0n));
      expect(Math.abs(Number(word) / 2 ** LOGISTIC_BITS.weights - value)).toBeLessThan(2e-2);
    });
    expect(stepSchedule(plan)).toMatchObject({ slots: 400, counted: 160 });
  });
});
