import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { loadEngine, trainSplitInOneProcess } from "@moongate/learning";
import type { PlanChoices, Side } from "@moongate/messages";
import type { ResultDocument } from "@moongate/results";
import { batches } from "@moongate/mpc";
import { matrixOf, type MemoryView, named } from "@moongate/views";
import { describe, expect, it } from "vitest";
import { readNoiseKey } from "./session/split/saved-noise.ts";
import { startSeedOf } from "./session/split/key.ts";
import { splitPlanOf } from "./session/split/plan.ts";
import { FederationWorld, type WorldOptions } from "./testing/federation-world.ts";
import { predict, scoringOf, SIDES, testRows, train } from "./testing/prediction.ts";

const noiseKeys = { media: new Uint8Array(32).fill(1), commerce: new Uint8Array(32).fill(2) };
const split = (model: PlanChoices["model"], rest: PlanChoices = {}): WorldOptions => ({
  plan: { protocol: "split", model, ...rest },
  accept: { protocols: ["split"] },
});
const LOGISTIC = { kind: "logistic", epochs: 2, batchSize: 64, learningRate: 0.2 } as const;
const SINE = { kind: "sine", epochs: 2, batchSize: 64, hidden: 5, learningRate: 0.2 } as const;
const RELU = { kind: "relu", epochs: 2, batchSize: 64, hidden: 4, tower: 6 } as const;

async function run(options: WorldOptions): Promise<{
  world: FederationWorld;
  result: ResultDocument;
  view: (side: Side) => MemoryView;
}> {
  const world = await FederationWorld.create({ views: "honest", ...options });
  const { media, commerce, coordinator } = await world.run();
  if (media.error) throw media.error;
  if (commerce.error) throw commerce.error;
  expect(coordinator?.error).toBeUndefined();
  expect(media.outcome.disclosures).toEqual(commerce.outcome.disclosures);
  return {
    world,
    result: commerce.outcome.result as ResultDocument,
    view: (side) => world.views[side] as MemoryView,
  };
}

const first = (view: MemoryView, name: string): Float64Array => {
  const [tensor] = named(view, name);
  if (tensor === undefined) throw new Error(`no ${name}`);
  return matrixOf(view, tensor).values;
};

describe.each([LOGISTIC, SINE, RELU])("a split session of a $kind model", (model) => {
  it("is the joint network trained in one process, and its predictions come again", async () => {
    const trained = await train({
      tables: { labels: ["a", "b"] },
      labels: ["a", "b"],
      views: "honest",
      noiseKeys,
      ...split(model),
    });
    const { world, models } = trained;
    const view = (side: Side): MemoryView => world.views[side] as MemoryView;
    const { rows, width, plan } = view("commerce").header;
    const side = (of: Side) => {
      const features = Float32Array.from(first(view(of), "own/features"));
      const cols = width[of];
      return {
        features: features.slice(0, rows.train * cols),
        heldOut: features.slice(rows.train * cols),
        cols,
        seed: startSeedOf(noiseKeys[of]),
      };
    };
    const [media, commerce] = [side("media"), side("commerce")];
    const network = splitPlanOf(plan, rows.train);
    const together = await trainSplitInOneProcess({
      engine: await loadEngine({ engine: "cpu" }),
      plan: network,
      rows: rows.train,
      media,
      commerce,
      targets: Float32Array.from(first(view("commerce"), "own/labels")).slice(0, rows.train * 2),
      schedule: (epoch) => batches(plan.seed, epoch, rows.train, network.batchSize),
    });
    const held = rows.validation + rows.test;
    const expected = together.predict(media.heldOut, commerce.heldOut, held);
    const scores = first(view("commerce"), "scores");
    expect(scores.length).toBe(held * 2);
    scores.forEach((score, at) => {
      expect(Math.abs(score - (expected[at] ?? Number.NaN))).toBeLessThan(1e-5);
    });

    const later = await predict(scoringOf(models, testRows(trained)), split(model));
    const text = await readFile(later.commerce.scores ?? "", "utf8");
    const again = new Map(
      text
        .trimEnd()
        .split("\n")
        .slice(1)
        .map((line) => [line.split(",")[0], line.split(",").slice(1)] as const),
    );
    expect(again.size).toBe(trained.test.size);
    for (const [id, cells] of trained.test) {
      cells.forEach((cell, at) => {
        expect(Math.abs(Number(cell) - Number(again.get(id)?.[at]))).toBeLessThan(2e-5);
      });
    }
    expect(later.commerce.disclosures.slice(-2).map(({ what }) => what)).toEqual([
      "embeddings of new rows",
      "new scores",
    ]);
  });
});

describe("noise on embeddings", () => {
  it("is drawn from another key in every prediction, never from that of training", async () => {
    const used: string[] = [];
    const defences: WorldOptions["defences"] = {
      media: (_, key) => {
        used.push(Buffer.from(key).toString("hex"));
        return { embedding: { apply: (embedding) => embedding } };
      },
    };
    const defence = { embedding: { kind: "noise", clip: 1, multiplier: 0.5 } } as const;
    const options = { ...split(LOGISTIC, { defence }), noiseKeys, defences };
    const trained = await train(options);
    const scoring = scoringOf(trained.models, testRows(trained));
    await predict(scoring, options);
    await predict(scoring, options);
    expect(used[0]).toBe(Buffer.from(noiseKeys.media).toString("hex"));
    expect(new Set(used).size).toBe(3);
  });
});

describe("a split session", () => {
  it("says in ledger and sight what each has seen", async () => {
    const { world, result } = await run(split(SINE));
    const { train, validation, test } = result.rows;
    const lines = result.disclosures.slice(-6);
    expect(lines.map(({ to, what, shape }) => `${to}: ${what} ${shape}`)).toEqual([
      `commerce: embeddings of training rows, one a row and step ${2 * train}×5`,
      `media: gradients of the cut layer, one a row and step ${2 * train}×5`,
      `commerce: embeddings of validation rows ${validation}×5`,
      `commerce: validation scores ${validation}×1`,
      `commerce: embeddings of test rows ${test}×5`,
      `commerce: test scores ${test}×1`,
    ]);
    expect(lines[1]?.why).toContain("tell the labels");
    const seen = (process: string): string[] =>
      result.seen
        .filter((row) => row.process === process && !/note|psi|control/.test(row.kind))
        .map((row) => `${row.channel} ${row.from} ${row.kind} ${row.opened ? "read" : "sealed"}`);
    expect(seen("coordinator").sort()).toEqual([
      "outer commerce relay sealed",
      "outer media relay sealed",
    ]);
    expect(seen("media")).toEqual(["inner commerce grad read"]);
    expect(seen("commerce")).toEqual(["inner media embed read"]);
    expect(result.protocol).toBe("split");
    // A round a step, and one each for validation and test rows.
    const steps = 2 * Math.ceil(train / 64);
    expect(result.traffic).toMatchObject({ steps, rounds: steps + 2 });
    const bytes = (kind: string): number =>
      result.traffic.links.find((row) => row.kind === kind)?.bytes ?? 0;
    expect(bytes("grad")).toBe(2 * train * 5 * 4);
    expect(bytes("embed")).toBe((2 * train + validation + test) * 5 * 4);

    for (const side of SIDES) {
      const key = join(world.directory, side, "noise.key");
      expect((await stat(key)).mode & 0o777).toBe(0o600);
      const kept = await readNoiseKey(key);
      const log = await readFile(join(world.directory, side, "log.ndjson"), "utf8");
      expect(log).not.toContain(Buffer.from(kept?.key ?? fail()).toString("hex"));
    }
  });

  it("repeats bit for bit with the same keys, and not with others", async () => {
    const options = { seed: "again", ...split(SINE, { seed: "again" }) };
    const scores = async (keys: NonNullable<WorldOptions["noiseKeys"]>): Promise<Float64Array> =>
      first((await run({ ...options, noiseKeys: keys })).view("commerce"), "scores");
    const once = await scores(noiseKeys);
    expect(await scores(noiseKeys)).toEqual(once);
    expect(await scores("fresh")).not.toEqual(once);
  });

  it("sends zeros without a sign, which would be that of a label", async () => {
    // The output layer starts at zero: the first gradients are nothing, times the errors.
    const { view } = await run({ seed: "zeros", ...split(SINE, { seed: "zeros" }) });
    const received = first(view("media"), "cut-gradient");
    expect(received.filter((value) => value === 0).length).toBeGreaterThan(0);
    expect(received.filter((value) => Object.is(value, -0))).toEqual(new Float64Array());
  });

  it("learns about as well as the masked one", async () => {
    const tables = { matched: 600 };
    const model = { ...SINE, epochs: 12 };
    const masked = await run({ seed: "auc", tables, plan: { seed: "auc", model } });
    const open = await run({ seed: "auc", tables, ...split(model, { seed: "auc" }) });
    const auc = ({ result }: { result: ResultDocument }): number =>
      first_(result.auc).federated ?? Number.NaN;
    expect(Math.abs(auc(open) - auc(masked))).toBeLessThan(0.03);
  });
});

function fail(): never {
  throw new Error("it is absent");
}

const first_ = <T>(record: Readonly<Record<string, T>>): T => Object.values(record)[0] as T;
