import { access, readFile } from "node:fs/promises";
import { join } from "node:path";
import { MoongateError } from "@moongate/errors";
import { loadEngine } from "@moongate/learning";
import { type LocalReport, resultSchema } from "@moongate/results";
import type { Side } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import type { PartyData } from "./data.ts";
import type { LoadEngine } from "./session/engine.ts";
import { type Ending, FederationWorld, type WorldOptions } from "./testing/federation-world.ts";
import { predict, scoringOf, SIDES, testRows, train } from "./testing/prediction.ts";

const SPLIT = {
  plan: { protocol: "split", model: { kind: "sine", epochs: 1, hidden: 4 } },
  accept: { protocols: ["split"] },
} satisfies WorldOptions;

const unavailable: LoadEngine = ({ engine }) =>
  Promise.reject(new MoongateError("ENGINE_UNAVAILABLE", `no engine ${engine} here`));
/** The engine of a machine without the native one. */
const wasm: LoadEngine = async () => ({
  ...(await loadEngine({ engine: "cpu" })),
  name: "wasm",
  note: "why",
});

const good = <T>(ending: Ending<T>): T => {
  if (ending.error !== undefined) throw ending.error;
  return ending.outcome;
};

const notes = (world: FederationWorld, side: Side): string[] =>
  world.events.flatMap((each) =>
    each.side === side && each.event.event === "note" ? [each.event.text] : [],
  );

describe("an engine that does not load", () => {
  const loads = { media: unavailable, commerce: unavailable };

  it.each(SIDES)("ends a session of %s that names it before anything is sent", async (side) => {
    const world = await FederationWorld.create({ engine: "native", loadEngine: loads });
    const { [side]: ending, coordinator } = await world.run([side]);
    expect(ending.error?.code).toBe("ENGINE_UNAVAILABLE");
    expect(() => world.line(side)).toThrow("is not connected");
    expect(coordinator).toBeUndefined();
  });

  it("ends one that will need it: commerce's, which trains baselines", async () => {
    const world = await FederationWorld.create({ engine: "auto", loadEngine: loads });
    const { commerce } = await world.run(["commerce"]);
    expect(commerce.error?.code).toBe("ENGINE_UNAVAILABLE");
    expect(() => world.line("commerce")).toThrow("is not connected");
  });

  it("is none of media's business where media works under masks alone", async () => {
    const own = await FederationWorld.create({
      engine: "auto",
      loadEngine: { media: unavailable },
    });
    const { media, commerce } = await own.run();
    expect(good(media).engine).toBeUndefined();
    good(commerce);
  });

  it.each(SIDES)("ends a split prediction of %s before anything is sent", async (side) => {
    const trained = await train(SPLIT);
    const scoring = scoringOf(trained.models, testRows(trained));
    const world = await FederationWorld.create({
      session: "later",
      engine: "auto",
      loadEngine: loads,
    });
    const { error } = await world.predictAt(side, scoring[side]);
    expect(error?.code).toBe("ENGINE_UNAVAILABLE");
    expect(() => world.line(side)).toThrow("is not connected");
  });
});

describe("the engine of a session", () => {
  const loads = { media: wasm, commerce: wasm };
  const said = ["models in the clear: TensorFlow.js 4.22.0, wasm engine"];
  const report = { name: "wasm", version: "4.22.0", note: "why" };

  it("is said once by each party of a split training, in its log and its outcome", async () => {
    const world = await FederationWorld.create({ ...SPLIT, loadEngine: loads });
    const endings = await world.run();
    for (const side of SIDES) {
      expect(good(endings[side]).engine, side).toEqual(report);
      expect(notes(world, side), side).toEqual(said);
      const log = await readFile(join(world.directory, side, "log.ndjson"), "utf8");
      expect(log.split(said[0] ?? "").length, side).toBe(2);
    }
    expect(endings.commerce.outcome?.result?.engine).toEqual(report);
  });

  it("is said by media of a local model under masks", async () => {
    const local: LocalReport = {
      ...({ input: "tower", columns: 3, beside: 0, objective: "reconstruction" } as const),
      ...({ labels: [], rows: 10, epochs: 1, bestEpoch: 1, engine: "wasm" } as const),
    };
    const bring = (_side: Side, data: PartyData): PartyData => ({
      ...data,
      prepare: async (rows, options) => ({ ...(await data.prepare(rows, options)), local }),
    });
    const world = await FederationWorld.create({ engine: "auto", bring, loadEngine: loads });
    expect(good((await world.run()).media).engine).toEqual(report);
    expect(notes(world, "media")).toEqual(said);
  });

  it("is said of a split prediction", async () => {
    const trained = await train(SPLIT);
    const scoring = scoringOf(trained.models, testRows(trained));
    const outcomes = await predict(scoring, { accept: SPLIT.accept, loadEngine: loads });
    for (const side of SIDES) expect(outcomes[side].engine, side).toEqual(report);
  });
});

describe("what commerce learned", () => {
  it("is in scores.csv whatever becomes of its baselines", async () => {
    const broken: LoadEngine = async (options) => ({
      ...(await loadEngine(options)),
      use: () => {
        throw new Error("the engine broke");
      },
    });
    const world = await FederationWorld.create({ loadEngine: { commerce: broken } });
    const { media, commerce } = await world.run();
    good(media);
    expect(commerce.error?.message).toBe("the engine broke");
    await access(join(world.directory, "commerce", "scores.csv"));
  });

  it("is in result.json though the plan's own kind of baseline diverged", async () => {
    // The plan's rate suits its columns; that of ReLU baselines does not.
    const bring = (side: Side, data: PartyData): PartyData => ({
      ...data,
      prepare: async (rows, options) => {
        const fitted = await data.prepare(rows, options);
        const scale = side === "commerce" ? 1e9 : 1;
        const encode: typeof fitted.encode = (which) => {
          const encoded = fitted.encode(which);
          return { ...encoded, values: encoded.values.map((value) => value * scale) };
        };
        return { ...fitted, encode };
      },
    });
    const model = { kind: "relu", epochs: 1, tower: 4, hidden: 4, learningRate: 1e-12 } as const;
    const world = await FederationWorld.create({
      ...{ ...SPLIT, seed: "diverged", bring },
      plan: { protocol: "split", model },
    });
    const { commerce } = await world.run();
    expect(good(commerce).result?.auc["bought"]).toMatchObject({
      commerceOnly: null,
      federated: expect.any(Number) as number,
      validation: { commerceOnly: null },
    });
    expect(notes(world, "commerce")).toContain("no relu baseline: its training diverged");
    const file = await readFile(join(world.directory, "commerce", "result.json"), "utf8");
    expect(resultSchema.parse(JSON.parse(file))).toEqual(commerce.outcome?.result);
  });
});
