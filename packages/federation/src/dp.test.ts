import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gaussianRho, zcdpEpsilon } from "@moongate/defences";
import { makePlan, type Plan, type PlanChoices, type Side } from "@moongate/messages";
import { describe, expect, it, onTestFinished } from "vitest";
import { acceptSchema, agreeToTraining, type EpsilonOf } from "./accept.ts";
import { requireMeaningfulDelta } from "./session/require-meaningful-delta.ts";
import { FederationWorld, type WorldOptions } from "./testing/federation-world.ts";
import { csv, predict, scoringOf, SIDES, testRows, train } from "./testing/prediction.ts";

const dp = { epsilon: 4, delta: 1e-6, clip: 0.5, noiseMultiplier: 2 };
const choices: PlanChoices = {
  model: { kind: "logistic", epochs: 5, learningRate: 1 },
  dp,
};
const honest: EpsilonOf = (plan) => plan.dp?.epsilon ?? Number.NaN;
const refusal = (message: string): unknown =>
  expect.objectContaining({
    code: "SESSION_REFUSED",
    message: `media does not agree to ${message}`,
  });

describe("a plan with noise", () => {
  const plan = makePlan("s", ["a"], choices);
  const agree =
    (accept: object, epsilonOf?: EpsilonOf, proposed: Plan = plan) =>
    () =>
      agreeToTraining(proposed, acceptSchema.parse(accept), epsilonOf);

  it("is agreed to when media's accountant comes to its epsilon", () => {
    expect(agree({}, honest)).not.toThrow();
    expect(agree({ maximumEpsilon: 4 }, honest)).not.toThrow();
    expect(agree({}, () => 4 * (1 + 1e-9))).not.toThrow();
  });

  it("is refused when it claims too much, or cannot be checked", () => {
    expect(agree({}, () => 4.01)).toThrow(refusal("epsilon 4 for noise that gives 4.010"));
    expect(agree({}, () => Number.NaN)).toThrow(refusal("epsilon 4 for noise that gives NaN"));
    expect(agree({})).toThrow(refusal("differential privacy: it has no accountant"));
  });

  it("is refused above the epsilon or delta that media allows, and so is none at all", () => {
    expect(agree({ maximumEpsilon: 3.9 }, honest)).toThrow(refusal("epsilon 4"));
    expect(agree({ maximumDelta: 1e-7 }, honest)).toThrow(refusal("delta 0.000001"));
    const bare = makePlan("s", ["a"], { model: { kind: "logistic" } });
    expect(agree({ maximumEpsilon: 10 }, honest, bare)).toThrow(
      refusal("a model without differential privacy"),
    );
  });

  it("is none where delta could publish a row", () => {
    expect(() => {
      requireMeaningfulDelta(plan, 999_999);
    }).not.toThrow();
    expect(() => {
      requireMeaningfulDelta(plan, 1_000_000);
    }).toThrow(expect.objectContaining({ code: "DP_INVALID" }));
  });
});

describe("a session with noise inside the masks", () => {
  it("trains a model that knows its claim, and scores by it again to the bit", async () => {
    const tables = { labels: ["a", "b"], matched: 400 };
    const trained = await train({ seed: "noisy", plan: choices, epsilonOf: honest, tables });
    for (const side of SIDES) expect(trained.models[side].document.dp).toEqual(dp);
    const run = await predict(scoringOf(trained.models, testRows(trained)));
    const lines = await csv(run.commerce.scores ?? "");
    expect(new Map(lines.map(([id = "", ...cells]) => [id, cells]))).toEqual(trained.test);
  });

  it("draws its noise afresh: the same tables and seed give other scores", async () => {
    const options = { seed: "fresh", plan: choices, epsilonOf: honest };
    const [one, two] = [await train(options), await train(options)];
    expect([...one.test.keys()]).toEqual([...two.test.keys()]);
    const scores = ({ test }: typeof one) => [...test.values()].map(([score]) => Number(score));
    const other = scores(two);
    const moved = scores(one).map((score, row) => Math.abs(score - (other[row] ?? score)));
    expect(Math.max(...moved)).toBeGreaterThan(0.01);
  });

  it("prepares features by validation rows, not by the users that it protects", async () => {
    const world = await FederationWorld.create({ plan: choices, epsilonOf: honest });
    const fitted: Uint32Array[] = [];
    const { media } = world.tables;
    const prepare: typeof media.prepare = (rows, more) => {
      fitted.push(rows.slice(), more?.heldOut?.slice() ?? new Uint32Array());
      return media.prepare(rows, more);
    };
    Object.assign(world.tables, { media: { ...media, prepare } });
    const { media: ending } = await world.run();
    const { train, validation, test } = ending.outcome?.rows ?? {
      train: 0,
      validation: 0,
      test: 0,
    };
    const [rows = [], heldOut = []] = fitted;
    expect([rows.length, heldOut.length]).toEqual([validation, train + test]);
    expect(new Set([...rows, ...heldOut]).size).toBe(train + validation + test);
  });

  it("ends before anything is trained when media does not believe it", async () => {
    const world = await FederationWorld.create({ plan: choices, epsilonOf: () => 7 });
    const { media, commerce } = await world.run();
    expect(media.error).toEqual(refusal("epsilon 4 for noise that gives 7.000"));
    expect(commerce.error?.message).toContain("epsilon 4 for noise that gives 7.000");
  });
});

describe("a budget over trainings", () => {
  const most = zcdpEpsilon(gaussianRho(dp.noiseMultiplier, 5), dp.delta);
  const world = (side: Side, registers: string, more: WorldOptions = {}) => {
    const budget = { maximumEpsilon: most };
    return FederationWorld.create({
      ...{ plan: choices, epsilonOf: honest, registers, seed: "users" },
      ...(side === "media" ? { accept: budget } : budget),
      ...more,
    });
  };

  it.each(["media", "commerce"] as const)(
    "of %s's refuses the second training on its users, before anything of them is sent",
    async (side) => {
      const registers = await mkdtemp(join(tmpdir(), "moongate-budget-"));
      onTestFinished(() => rm(registers, { recursive: true, force: true }));
      const first = await (await world(side, registers)).run();
      expect([first.media.error, first.commerce.error]).toEqual([undefined, undefined]);
      const phases = new Set<string>();
      const onEvent: WorldOptions["onEvent"] = (_, event) => {
        if (event.event === "progress") phases.add(event.phase);
      };
      const second = await world(side, registers, { onEvent });
      // Commerce refuses its own plan before it connects: nobody else need wait for it.
      const ended = side === "media" ? (await second.run()).media : await second.party("commerce");
      expect(ended.error).toMatchObject({
        code: "SESSION_REFUSED",
        message: expect.stringContaining(`${side} does not agree to epsilon 4`) as string,
      });
      expect(phases.has("alignment")).toBe(false);
    },
  );
});
