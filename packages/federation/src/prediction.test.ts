import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Phase } from "@moongate/telemetry";
import type { PlanChoices, Side } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import { acceptSchema } from "./accept.ts";
import type { ScoringData } from "./data.ts";
import { FederationWorld, type Scoring } from "./testing/federation-world.ts";
import {
  SIDES,
  type Both,
  both,
  train,
  csv,
  rowsOf,
  testRows,
  scoringOf,
  predict,
  openings,
} from "./testing/prediction.ts";

const other = (side: Side): Side => (side === "media" ? "commerce" : "media");
const sine: PlanChoices["model"] = { kind: "sine", hidden: 4, epochs: 2, batchSize: 64 };
const portfolio: PlanChoices["model"] = {
  ...{ kind: "portfolio", hidden: 2, epochs: 2, batchSize: 64 },
  heads: [
    { rate: 1, decay: 10 },
    { rate: 3, decay: 1 },
  ],
};
const logistic: PlanChoices["model"] = { kind: "logistic", epochs: 2, batchSize: 64 };

describe.each([
  ["logistic", "keyed", logistic],
  ["sine", "ecdh", sine],
  ["portfolio", "keyed", portfolio],
] as const)("a kept %s model, users aligned %s", (_kind, method, model) => {
  const options = { seed: "kept", plan: { model, alignment: { method } }, record: true } as const;

  it("scores the test users bit for bit as its training did, and opens nothing new", async () => {
    const trained = await train(options);
    const run = await predict(scoringOf(trained.models, testRows(trained)));

    expect(run.commerce.rows).toBe(trained.test.size);
    expect(run.media.scores).toBeUndefined();
    const lines = await csv(run.commerce.scores ?? "");
    expect(new Map(lines.map(([id = "", ...cells]) => [id, cells]))).toEqual(trained.test);
    expect(lines.map(([id]) => id)).toEqual([...trained.test.keys()]);

    for (const side of SIDES) {
      const now = openings(run.world, side);
      expect(now.length).toBeGreaterThanOrEqual(3);
      expect(now).toEqual(openings(trained.world, side).slice(-now.length));
    }
  });

  it.each(SIDES)("never opens the same again once a value of %s has changed", async (side) => {
    const trained = await train(options);
    const data = testRows(trained);
    const ids = trained.world.tables[side].ids.filter((id) => trained.test.has(id));
    const changed = { ...data, [side]: rowsOf(trained.world.tables[side], ids, 1.5) };
    const [before, after] = [
      await predict(scoringOf(trained.models, data)),
      await predict(scoringOf(trained.models, changed)),
    ];
    for (const party of SIDES) {
      const known = new Set(openings(before.world, party));
      const now = openings(after.world, party);
      expect(now.length).toBe(known.size);
      expect(now.filter((opening) => known.has(opening))).toEqual([]);
    }
  });
});

describe("a prediction", () => {
  it("tells in both ledgers what it opened, and to whom", async () => {
    const trained = await train();
    const { media, commerce } = await predict(scoringOf(trained.models, testRows(trained)));
    expect(commerce.disclosures).toEqual(media.disclosures);
    const scores = media.disclosures.filter((line) => line.what === "scores");
    expect(scores.map(({ shape, to }) => ({ shape, to }))).toEqual([
      { shape: `${trained.test.size}×2`, to: "commerce" },
    ]);
    const seen = commerce.seen.filter((row) => row.process === "coordinator");
    expect(seen.find((row) => row.kind === "maskkey")?.opened).toBe(true);
  });

  it("keeps ids, secrets and openings from the coordinator, and secrets from logs", async () => {
    const trained = await train();
    const { world } = await predict(scoringOf(trained.models, testRows(trained)));
    const view = Buffer.concat(world.received.coordinator.map((frame) => frame.payload));
    for (const id of trained.test.keys()) expect(view.includes(id)).toBe(false);
    for (const side of SIDES) {
      const { secret } = trained.models[side];
      expect(view.includes(Buffer.from(secret))).toBe(false);
      const log = await readFile(join(world.directory, side, "log.ndjson"), "utf8");
      expect(log).toContain("scoring");
      expect(log).not.toMatch(/[0-9a-fA-F]{32}/);
      for (const { kind, payload } of world.received[side]) {
        if (kind === "opening")
          expect(view.includes(Buffer.from(payload.subarray(0, 16)))).toBe(false);
      }
    }
  });

  it("works for a single user, and is refused without any", async () => {
    const trained = await train();
    const [first = ""] = trained.test.keys();
    const of = (ids: Both<string[]>): Both<Scoring> =>
      scoringOf(
        trained.models,
        both((side) => rowsOf(trained.world.tables[side], ids[side])),
      );
    const one = await predict(of(both(() => [first])));
    expect(one.commerce.rows).toBe(1);
    const [[id, , logit] = []] = await csv(one.commerce.scores ?? "");
    expect(id).toBe(first);
    // The same but for the last bits: other rows were masked with it.
    const known = Number(trained.test.get(first)?.[1]);
    expect(Math.abs(Number(logit) - known)).toBeLessThan(0.01);

    const world = await FederationWorld.create({ session: "later" });
    const none = await world.predict(of({ media: [first], commerce: ["nobody"] }));
    for (const side of SIDES) expect(none[side].error?.code).toBe("ALIGNMENT_EMPTY");
  });
});

describe("a share with a stranger's share", () => {
  it("of another model's name is refused before any id is compared", async () => {
    const [trained, again] = [await train(), await train()];
    const models = { ...trained.models, media: again.models.media };
    const world = await FederationWorld.create({ session: "later", record: true });
    const endings = await world.predict(scoringOf(models, testRows(trained)));
    for (const side of SIDES) {
      expect(endings[side].error).toMatchObject({
        code: "MODEL_MISMATCH",
        message: expect.stringContaining("commerce has a share of model") as string,
      });
    }
    expect(world.received.coordinator.some(({ kind }) => kind === "relay")).toBe(false);
  });

  it.each(SIDES)("is refused even if %s gives it the right name", async (side) => {
    const [trained, again] = [await train(), await train()];
    const stranger = again.models[side];
    const { id } = trained.models[side].document;
    const renamed = { ...stranger, document: { ...stranger.document, id } };
    const altered = { ...trained.models, [side]: renamed };
    // Same plan on both sides, so that nothing but the share gives it away.
    altered[side].document.seed = trained.models[side].document.seed;
    const world = await FederationWorld.create({ session: "later", record: true });
    const endings = await world.predict(scoringOf(altered, testRows(trained)));
    for (const party of SIDES) expect(endings[party].error?.code).toBe("MODEL_MISMATCH");
    const kinds = SIDES.flatMap((party) => world.received[party].map(({ kind }) => kind));
    expect(kinds.filter((kind) => !["control", "note", "relay"].includes(kind))).toEqual([]);
  });

  it("is refused when a side prepares other columns", async () => {
    const trained = await train();
    const data = testRows(trained);
    const narrow: ScoringData = {
      ...data.media,
      fitted: {
        columns: ["one"],
        encode: (rows) => ({ rows: rows.length, cols: 1, values: new Float64Array(rows.length) }),
      },
    };
    const world = await FederationWorld.create({ session: "later" });
    const endings = await world.predict(scoringOf(trained.models, { ...data, media: narrow }));
    for (const side of SIDES) {
      expect(endings[side].error).toMatchObject({
        code: "MODEL_MISMATCH",
        message: "media prepares 1 columns and the model has 3 of it",
      });
    }
  });
});

describe("when a prediction is cut short", () => {
  const phases = ["channel", "alignment", "preparation", "scoring", "close"] as const;

  /** Scores, and does something to the world when commerce enters that phase. */
  async function ended(phase: Phase, act: (world: FederationWorld) => void) {
    const trained = await train();
    let done = false;
    const world = await FederationWorld.create({
      session: "later",
      onEvent: (side, event, own) => {
        if (done || side !== "commerce" || event.event !== "phase-started") return;
        if (event.phase !== phase) return;
        done = true;
        act(own);
      },
    });
    return world.predict(scoringOf(trained.models, testRows(trained)));
  }

  it.each(phases)("by commerce during %s, everyone ends and says so", async (phase) => {
    const { media, commerce, coordinator } = await ended(phase, (world) => {
      world.interrupt("commerce");
    });
    expect(commerce.error?.code).toBe("INTERRUPTED");
    for (const error of [media.error, coordinator?.error]) {
      expect(error?.message).toContain("commerce ended the session: INTERRUPTED");
    }
  });

  it.each(phases)("by media's death during %s, the others say who was lost", async (phase) => {
    const { commerce, coordinator } = await ended(phase, (world) => {
      world.kill("media");
    });
    for (const error of [commerce.error, coordinator?.error]) {
      expect(error?.code).toBe("PEER_LOST");
      expect(error?.message).toContain("media went away during");
    }
  });
});

describe("media", () => {
  it("takes part in no prediction without a permission, and counts those it permits", async () => {
    const trained = await train();
    const scoring = scoringOf(trained.models, testRows(trained));
    const strict = await FederationWorld.create({
      session: "later",
      accept: acceptSchema.parse({}),
    });
    expect((await strict.predict(scoring)).media.error?.code).toBe("SESSION_REFUSED");

    const registers = join(trained.world.directory, "kept");
    const accept = acceptSchema.parse({ predict: { sessions: 2, rows: 10_000, users: 10_000 } });
    const again = () => FederationWorld.create({ session: "later", accept, registers });
    for (let time = 0; time < 2; time++) {
      expect((await (await again()).predict(scoring)).commerce.error).toBeUndefined();
    }
    const spent = await (await again()).predict(scoring);
    for (const side of SIDES) {
      expect(spent[side].error?.message).toContain("more than 2 sessions of prediction");
    }
  });

  it("refuses one version of commerce's half more than agreed, and not the same again", async () => {
    const trained = await train();
    const registers = join(trained.world.directory, "kept");
    const data = testRows(trained);
    const { commerce } = trained.world.tables;
    const accept = acceptSchema.parse({ predict: true, scoringsPerUser: 2 });
    const run = async (change: number): Promise<(string | undefined)[]> => {
      const changed = { ...data, commerce: rowsOf(commerce, [...trained.test.keys()], change) };
      const world = await FederationWorld.create({ session: "later", accept, registers });
      const endings = await world.predict(scoringOf(trained.models, changed));
      return SIDES.map((side) => endings[side].error?.message);
    };
    expect(await run(1.25)).toEqual([undefined, undefined]);
    expect(await run(1.25)).toEqual([undefined, undefined]);
    expect(await run(1.5)).toEqual([undefined, undefined]);
    for (const message of await run(1.75)) expect(message).toContain("2 versions of one user");
    expect(await run(1.5)).toEqual([undefined, undefined]);
  });

  it("may refuse that its models are used", async () => {
    const trained = await train();
    const world = await FederationWorld.create({ session: "later", accept: { predict: false } });
    const endings = await world.predict(scoringOf(trained.models, testRows(trained)));
    expect(endings.media.error).toMatchObject({
      code: "SESSION_REFUSED",
      message: "media does not agree to the use of models",
    });
    expect(endings.commerce.error?.message).toContain("does not agree to the use of models");
  });

  it.each(SIDES)(
    "and commerce must have come for the same task (%s came to train)",
    async (side) => {
      const trained = await train();
      const world = await FederationWorld.create({ session: "later" });
      const scoring = scoringOf(trained.models, testRows(trained));
      const [party] = await Promise.all([
        world.party(side),
        world.predictAt(other(side), scoring[other(side)]),
      ]);
      const words =
        side === "media"
          ? "media is here to train and commerce proposed to predict"
          : "media is here to predict and commerce proposed to train";
      expect(party.error?.message).toContain(words);
    },
  );
});
