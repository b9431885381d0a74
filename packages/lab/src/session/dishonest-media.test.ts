import { mediaConfigSchema } from "@moongate/media-party";
import { makePlan, type PlanChoices, planSchema } from "@moongate/messages";
import type { AttackResult, Truth } from "../attacks/attack.ts";
import { labelAttacks } from "../attacks/labels/all.ts";
import { supervisedFor } from "../attacks/supervised.ts";
import { matrixOf, named, type View } from "@moongate/views";
import { beforeAll, describe, expect, it } from "vitest";
import { oddTables } from "./odd-tables.fixture.ts";
import { type SessionHere, sessionHere } from "./session-here.ts";

const ROWS = 1500;
const KNOWN = 60;
const LABEL = "bought";
const SEEDS = ["1", "2", "3", "4", "5"];
/** Few epochs: an honest bottom model that has learnt all there is leaves nothing to win. */
const SPLIT = {
  protocol: "split",
  model: { kind: "relu", tower: 16, hidden: 8, epochs: 3, batchSize: 64, learningRate: 0.1 },
} as const;
const MASKED = {
  model: { kind: "logistic", epochs: 1, batchSize: 256 },
  scoreNoise: 0,
} as const;

const run = (choices: PlanChoices, seed: string, dishonestMedia: boolean): Promise<SessionHere> =>
  sessionHere({
    plan: makePlan("dishonest", [LABEL], { ...choices, seed }),
    ...oddTables(seed, ROWS, LABEL),
    noiseKey: new Uint8Array(32).fill(Number(seed)),
    dishonestMedia,
  });

function viewOf({ views }: SessionHere, side: "media" | "commerce"): View {
  const view = views[side];
  if (view === undefined) throw new Error(`${side} has no view`);
  return view;
}

async function attacked(name: string, session: SessionHere) {
  const attack = labelAttacks.find(({ about }) => about.name === name);
  if (attack === undefined) throw new Error(`no attack ${name}`);
  const theirs = viewOf(session, "commerce");
  const [labels] = named(theirs, "own/labels");
  if (labels === undefined) throw new Error("commerce has no labels");
  const truth: Truth = { labels: { values: theirs.bytes(labels), names: [LABEL] } };
  const options = { seed: "1", known: KNOWN };
  const view = viewOf(session, "media");
  const result = await attack.run(view, truth, options);
  return { result, control: await supervisedFor(attack, view, truth, options) };
}

const mean = (result: AttackResult | undefined): number => result?.leak?.mean ?? Number.NaN;

describe("a dishonest media in a split session", { timeout: 60_000 }, () => {
  const honest: SessionHere[] = [];
  const dishonest: SessionHere[] = [];
  const first = (sessions: readonly SessionHere[]): SessionHere => {
    const [session] = sessions;
    if (session === undefined) throw new Error("no session");
    return session;
  };
  beforeAll(async () => {
    for (const seed of SEEDS) {
      honest.push(await run(SPLIT, seed, false));
      dishonest.push(await run(SPLIT, seed, true));
    }
  }, 60_000);

  it("completes the model better than an honest one that is only curious", async () => {
    const passive = await Promise.all(honest.map((each) => attacked("completion", each)));
    const active = await Promise.all(dishonest.map((each) => attacked("completion-active", each)));
    let gain = 0;
    active.forEach(({ result, control }, index) => {
      const before = passive[index];
      expect(result).toMatchObject({ applicable: true, tensor: "own/embedding", known: KNOWN });
      expect(mean(result)).toBeGreaterThan(mean(before?.result) - 0.05);
      // Its columns tell nothing to a linear model: what it has, it has from the gradients.
      expect(mean(control)).toBeLessThan(0.6);
      expect(mean(before?.result)).toBeGreaterThan(mean(control) + 0.15);
      gain += (mean(result) - mean(before?.result)) / SEEDS.length;
    });
    expect(gain).toBeGreaterThan(0);
  });

  it("is marked in its own view, and shows in nothing else that commerce gets", () => {
    const [a, b] = [first(honest), first(dishonest)];
    const mark = named(viewOf(b, "media"), "own/dishonest");
    expect(mark).toMatchObject([{ source: "own", step: null, rows: 1, cols: 1, element: "u8" }]);
    expect(named(viewOf(a, "media"), "own/dishonest")).toEqual([]);
    const shapes = (session: SessionHere) =>
      viewOf(session, "commerce").tensors.map(({ name, rows, cols }) => [name, rows, cols]);
    expect(shapes(b)).toEqual(shapes(a));
    expect(b.result.disclosures).toEqual(a.result.disclosures);
  });

  it("sends what an honest one would until it has two gradients to compare", () => {
    const sent = (session: SessionHere) => {
      const view = viewOf(session, "commerce");
      return named(view, "embedding").map((tensor) => matrixOf(view, tensor).values);
    };
    const [a, b] = [sent(first(honest)), sent(first(dishonest))];
    // The output starts at zero, so that nothing comes down in the first step.
    expect(b.slice(0, 3)).toEqual(a.slice(0, 3));
    expect(b[3]).not.toEqual(a[3]);
  });

  it("is the same again by its key and the seed", async () => {
    const again = await run(SPLIT, "1", true);
    const last = (session: SessionHere) => {
      const tensor = named(viewOf(session, "media"), "own/embedding").at(-1);
      return tensor === undefined ? undefined : viewOf(session, "media").bytes(tensor);
    };
    expect(last(again)).toBeDefined();
    expect(last(again)).toEqual(last(first(dishonest)));
    const { result } = await attacked("completion-active", again);
    expect(result).toEqual((await attacked("completion-active", first(dishonest))).result);
  });

  it("is needed by the active attack: an honest one's view is none to attack", async () => {
    const { result } = await attacked("completion-active", first(honest));
    const why = "media was honest: it did not alter its own gradients";
    expect(result).toMatchObject({ applicable: false, why });
  });
});

describe("a dishonest media in a masked session", { timeout: 60_000 }, () => {
  it("has no gradients to alter, and trains the same model", async () => {
    const [honest, dishonest] = [await run(MASKED, "1", false), await run(MASKED, "1", true)];
    // Truncation rounds by its masks, which are new each time.
    const [before, after] = [honest, dishonest].map(({ result }) => result.auc[LABEL]?.federated);
    expect(after).toBeCloseTo(before ?? Number.NaN, 2);
    const { result } = await attacked("completion-active", dishonest);
    const why = "in a masked training media has no gradients to scale";
    expect(result).toMatchObject({ applicable: false, why });
  });
});

describe("dishonesty", () => {
  it("is in no plan and no configuration", () => {
    for (const schema of [planSchema, mediaConfigSchema]) {
      const { error } = schema.safeParse({ dishonest: true });
      const unknown = error?.issues.flatMap((issue) =>
        issue.code === "unrecognized_keys" ? issue.keys : [],
      );
      expect(unknown).toContain("dishonest");
    }
  });
});
