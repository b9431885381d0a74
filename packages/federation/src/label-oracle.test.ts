/** What others can tell of a party's labels and features from how a session goes and ends: nothing. */
import { commerceDefence, mediaDefence } from "@moongate/defences";
import { MoongateError } from "@moongate/errors";
import { describe, expect, it } from "vitest";
import type { PartyData } from "./data.ts";
import { FederationWorld, type WorldOptions } from "./testing/federation-world.ts";
import { type SeenByOthers, seenByOthers } from "./testing/seen-by-others.ts";

type Bring = NonNullable<WorldOptions["bring"]>;

const world = (options: WorldOptions): Promise<FederationWorld> =>
  FederationWorld.create({ seed: "label oracle", record: true, ...options });

const labelled =
  (change: (label: number) => number): Bring =>
  (side, data) => {
    const { bought } = data.labels ?? {};
    return side === "media" || bought === undefined
      ? data
      : { ...data, labels: { bought: bought.map(change) } };
  };
const LABELS: readonly Bring[] = [
  (_side, data) => data,
  labelled(() => 0),
  labelled(() => 1),
  labelled((label) => 1 - label),
];

/** The same table, with other values in what is prepared of it. */
const prepared = (data: PartyData, change: (value: number) => number): PartyData => ({
  ...data,
  prepare: async (...given) => {
    const fitted = await data.prepare(...given);
    const encode: typeof fitted.encode = (rows) => {
      const features = fitted.encode(rows);
      return { ...features, values: features.values.map(change) };
    };
    return { ...fitted, encode };
  },
});
const featured =
  (change: (value: number) => number): Bring =>
  (_side, data) =>
    prepared(data, change);
const FEATURES: readonly Bring[] = [
  (_side, data) => data,
  featured(() => 0),
  featured((value) => (value > 0 ? 1e300 : -1e300)),
  featured((value) => (value > 1 ? Number.NaN : value)),
  featured((value) => value / 0),
];

const RELU = { kind: "relu", epochs: 2, batchSize: 64, hidden: 3, tower: 4 } as const;
/** Rates at which the weights leave what a double can hold, on any rows. */
const RUNAWAY = { learningRate: 8, weightDecay: 1, batchSize: 16, epochs: 20 } as const;
const split = (
  rates: Readonly<Record<string, number>>,
  defence: NonNullable<WorldOptions["plan"]>["defence"] = {},
): WorldOptions => ({
  plan: { protocol: "split", model: { ...RELU, ...rates }, defence },
  accept: { protocols: ["split"] },
  defences: { media: mediaDefence, commerce: commerceDefence },
});
const SESSIONS: Readonly<Record<string, WorldOptions>> = {
  "masked and watched": {
    plan: { model: { kind: "logistic", epochs: 2 }, watchValidation: true },
  },
  hidden: {
    // Of padded slots the share is announced with noise, and batches follow it.
    plan: {
      alignment: { method: "hidden", slots: "union" },
      model: { kind: "logistic", epochs: 2 },
    },
  },
  split: split({}),
  "split and defended, and runs away": split(RUNAWAY, {
    labels: { kind: "lp-2st", epsilon: 1, prior: 0.5 },
    gradient: { kind: "marvell", s: 4 },
  }),
};

/** Both saw the same; a signature in a TLS handshake is a byte longer or shorter, by chance. */
function expectSame(one: SeenByOthers, other: SeenByOthers): void {
  expect(other.ending).toBe(one.ending);
  expect(other.frames).toEqual(one.frames);
  for (const [way, bytes] of Object.entries(one.handshake)) {
    expect(Math.abs(bytes - (other.handshake[way] ?? 0))).toBeLessThanOrEqual(4);
  }
}

describe.each(Object.entries(SESSIONS))("a session that is %s", (_, options) => {
  it.each([
    ["labels", LABELS],
    ["features", FEATURES],
  ])("goes and ends alike whatever the %s are", async (_what, worlds) => {
    const seen: SeenByOthers[] = [];
    for (const bring of worlds) seen.push(await seenByOthers(await world({ ...options, bring })));
    const [first, ...others] = seen;
    if (first === undefined) throw new Error("no world");
    expect(first.ending).toBe("well / well / well");
    expect(Object.values(first.frames).flat().length).toBeGreaterThan(30);
    for (const other of others) expectSame(first, other);
  });
});

describe("a training that runs away", () => {
  it("is told on the own terminal, and ends well", async () => {
    const { run, events } = await noted(split(RUNAWAY));
    expect((await run).commerce.error).toBeUndefined();
    const notes = events().filter((text) => text.includes("ran away"));
    expect(notes.length).toBeGreaterThan(0);
    expect((await run).commerce.outcome?.result).toMatchObject({ ranAway: true });
  });
});

async function noted(options: WorldOptions) {
  const own = await world(options);
  const events = (): string[] =>
    own.events.flatMap(({ event }) => (event.event === "note" ? [event.text] : []));
  return { run: own.run(), events };
}

describe("a label of one class", () => {
  it("is told from others by the ending of a commerce that refuses it (the control)", async () => {
    const refusing: Bring = (side, data) => ({
      ...data,
      prepare: (...given) => {
        const { bought } = data.labels ?? {};
        if (side === "commerce" && !bought?.includes(1)) {
          throw new MoongateError("LABEL_ONE_CLASS", "all 0");
        }
        return data.prepare(...given);
      },
    });
    const [mixed, other] = await Promise.all(
      LABELS.slice(0, 2).map(async (bring) =>
        seenByOthers(await world({ bring: (side, data) => refusing(side, bring(side, data)) })),
      ),
    );
    expect(mixed?.ending).toBe("well / well / well");
    expect(other?.ending).toContain("PARTY_STOPPED");
    // The reason stays at commerce.
    expect(other?.ending.split(" / ")[0]).not.toMatch(/LABEL|all 0/);
    expect(other?.frames).not.toEqual(mixed?.frames);
  });

  it("has null metrics where two classes are compared, and the scores are written", async () => {
    const bring = labelled(() => 0);
    const options = SESSIONS["masked and watched"] ?? {};
    const { commerce } = await (await world({ ...options, bring })).run();
    const model = commerce.outcome?.result?.models.find(({ who }) => who === "federated");
    expect(model?.test["bought"]).toMatchObject({ auc: null, ks: null, prAuc: null, lift10: null });
    expect(model?.test["bought"]?.logLoss).toBeGreaterThan(0);
    const { auc, epochs } = commerce.outcome?.result ?? {};
    expect(auc?.["bought"]).toMatchObject({ federated: null });
    expect(epochs?.labels).toEqual([{ name: "bought", auc: [null, null] }]);
  });
});
