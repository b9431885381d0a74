/** The parties' audit of the dealer: an honest one passes, one that cheats is caught. */
import type { Frame } from "@moongate/transport";
import { describe, expect, it } from "vitest";
import { KeyedStreams, MaskStreams } from "./masks.ts";
import type { Inputs } from "./machine.ts";
import type { ModelPlan } from "./models/model.ts";
import { maskedTraining, type TrainingPlan } from "./models/training.ts";
import { runWorld, type WorldOptions, type WorldRun } from "./testing/world.ts";
import { uniforms } from "./testing/table.ts";

const schedule = { epochs: 4, batchSize: 32, learningRate: 0.2, weightDecay: 1e-3 };
const MODELS = {
  logistic: { kind: "logistic", ...schedule },
  sine: { kind: "sine", hidden: 3, ...schedule },
} as const satisfies Record<string, ModelPlan>;
const [TRAIN, REST, MEDIA, COMMERCE] = [200, 24, 3, 2];
/** Steps of the training: the last of an epoch has a batch of its own size. */
const STEPS = 4 * Math.ceil(TRAIN / 32);

const next = uniforms("audit");
const rows = TRAIN + REST;
const inputs: Inputs = {
  features: {
    media: Float64Array.from({ length: rows * MEDIA }, () => next() * 2 - 1),
    commerce: Float64Array.from({ length: rows * COMMERCE }, () => next() * 2 - 1),
  },
  labels: Uint8Array.from({ length: rows }, () => Number(next() < 0.4)),
};

async function train(
  model: ModelPlan,
  options: WorldOptions,
): Promise<WorldRun<Float64Array | undefined>> {
  const plan: TrainingPlan = {
    ...{ seed: "audit", model, labels: 1 },
    rows: { train: TRAIN, validation: REST / 2, test: REST / 2 },
    width: { media: MEDIA, commerce: COMMERCE },
  };
  return runWorld(
    async (m, own) => (await maskedTraining(m, { plan, inputs: own })).scores?.test,
    inputs,
    {
      seed: "audit",
      ...options,
    },
  );
}

/** Adds one to the last byte but seven of a frame of that number: the last operation's deal. */
function cheatAt(isWrong: (deal: number) => boolean): WorldOptions["onDeal"] {
  let deals = 0;
  return (frame: Frame) => {
    if (frame.kind !== "deal" || !isWrong(deals++)) return undefined;
    const payload = frame.payload.slice();
    // Round 2 of a logistic step ends with what truncation was dealt; round 3 deals 48 bytes more.
    const at = payload.length - 48 - 8;
    payload[at] = ((payload[at] ?? 0) + 1) & 0xff;
    return [{ ...frame, payload }];
  };
}

const causeOf = async (run: Promise<unknown>): Promise<unknown> =>
  run.then(
    () => undefined,
    (thrown: unknown) => (thrown as Error).cause,
  );

describe.each(Object.entries(MODELS))("an audited training (%s)", (_, model) => {
  it("learns what it learns without an audit, and opens about the rate's share", async () => {
    const audited: number[] = [];
    const onAudited = (count: number): void => void audited.push(count);
    const [plain, run] = await Promise.all([
      train(model, {}),
      train(model, { audit: { rate: 0.5, onAudited } }),
    ]);
    run.commerce?.forEach((score, row) => {
      expect(Math.abs(score - (plain.commerce?.[row] ?? NaN))).toBeLessThan(0.02);
    });
    // Each party reports; with a rate of 1/2 the number of opened dealings is geometric with mean 1.
    const opened = audited.reduce((sum, count) => sum + count, 0) / 2;
    expect(opened).toBeGreaterThan(STEPS / 8);
    expect(opened).toBeLessThan(STEPS * 4);
    expect(run.dealt.received["spare"]?.frames).toBe(opened);
    expect(plain.dealt.received["spare"]).toBeUndefined();
  });
});

describe("a dealer that cheats", () => {
  it("in every step is caught at once: missed with probability 2^-28", async () => {
    const audit = { rate: 0.5 };
    const cause = await causeOf(train(MODELS.logistic, { audit, onDeal: cheatAt(() => true) }));
    expect(cause).toMatchObject({ code: "DEAL_ALTERED" });
  });

  it("in one step is caught with the rate's probability", async () => {
    let caught = 0;
    const runs = 40;
    for (let run = 0; run < runs; run++) {
      const onDeal = cheatAt((deal) => deal === 3);
      const model = { ...MODELS.logistic, epochs: 1 };
      const cause = await causeOf(
        train(model, { seed: `cheat ${run}`, audit: { rate: 0.5 }, onDeal }),
      );
      if (cause === undefined) continue;
      expect(cause).toMatchObject({ code: "DEAL_ALTERED" });
      caught += 1;
    }
    // Binomial with 40 draws of 1/2: within 7..33 but for one time in 60,000.
    expect(caught).toBeGreaterThanOrEqual(7);
    expect(caught).toBeLessThanOrEqual(33);
  });

  it("in the second frame of a step, once it sees whether the first is used, is refused", async () => {
    const inTwo = (): WorldOptions["onDeal"] => {
      let deals = 0;
      return (frame: Frame) => {
        if (frame.kind !== "deal" || deals++ !== 3) return undefined;
        // The first ends with a round of the step: what round 3 is dealt comes later.
        return [frame.payload.slice(0, -48), frame.payload.slice(-48)].map((payload) => ({
          ...frame,
          payload,
        }));
      };
    };
    const audit = { rate: 0.5 };
    const cause = await causeOf(train(MODELS.logistic, { audit, onDeal: inTwo() }));
    expect(cause).toMatchObject({
      code: "FRAME_INVALID",
      message: "a step under audit was dealt in several frames",
    });
    expect(await causeOf(train(MODELS.logistic, { onDeal: inTwo() }))).toBeUndefined();
  });

  it("is not found out by parties that do not audit (the control)", async () => {
    expect(await causeOf(train(MODELS.logistic, { onDeal: cheatAt(() => true) }))).toBeUndefined();
  });

  it("in what depends on the data masks is not found out: it is not checked", async () => {
    const onDeal = (frame: Frame): Frame[] | undefined => {
      if (frame.kind !== "deal") return undefined;
      const payload = frame.payload.slice();
      payload[0] = ((payload[0] ?? 0) + 1) & 0xff;
      return [{ ...frame, payload }];
    };
    const audit = { rate: 0.5 };
    expect(await causeOf(train(MODELS.logistic, { audit, onDeal }))).toBeUndefined();
  });
});

describe("keys of dealings", () => {
  it("are each given once, in order, and differ from each other and from the step's own", () => {
    const source = new MaskStreams(new Uint8Array(32).fill(1), { session: "s", incarnation: 1 });
    source.openStep(3);
    const filled = (of: Pick<MaskStreams, "stream">): string => {
      const bytes = new Uint8Array(16);
      of.stream(0, "r").fill(bytes);
      return bytes.join();
    };
    const keys = [source.dealingKey(3, 0), source.dealingKey(3, 1), source.dealingKey(4, 0)];
    const seen = [source, ...keys.map((key) => new KeyedStreams(key))].map(filled);
    expect(new Set(seen).size).toBe(4);
    expect(() => source.dealingKey(3, 0)).toThrow("dealing 0 of step 3 comes after 2");
    expect(() => source.dealingKey(5, 1)).toThrow("comes after 0");
  });
});
