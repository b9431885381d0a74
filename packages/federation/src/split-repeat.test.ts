import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Role, Side } from "@moongate/messages";
import { describe, expect, it, onTestFinished } from "vitest";
import type { PartyData } from "./data.ts";
import { pooledRows } from "./pooled.ts";
import { type SavedNoise, readNoiseKey } from "./session/split/saved-noise.ts";
import { FederationWorld, type WorldOptions } from "./testing/federation-world.ts";

const MODEL = { kind: "sine", epochs: 2, batchSize: 64, hidden: 5, learningRate: 0.2 } as const;
const SEED = "repeat";

const create = ({ plan, ...options }: WorldOptions = {}): Promise<FederationWorld> =>
  FederationWorld.create({
    ...{ seed: SEED, record: true, accept: { protocols: ["split"] }, ...options },
    plan: { seed: SEED, protocol: "split", model: MODEL, ...plan },
  });

const keyOf = ({ directory }: FederationWorld, side: Side): string =>
  join(directory, side, "noise.key");

/** What each party sent the other, in order: media embeddings, commerce gradients. */
function sent({ received }: FederationWorld, by: Side): string[] {
  const [reader, kind]: [Role, string] = by === "media" ? ["commerce", "embed"] : ["media", "grad"];
  return received[reader]
    .filter((frame) => frame.kind === kind)
    .map(({ payload }) => Buffer.from(payload).toString("base64"));
}

/** A run with fresh keys, and what it kept. */
async function trained(): Promise<{
  readonly world: FederationWorld;
  readonly repeat: Record<Side, SavedNoise>;
}> {
  const world = await create({ noiseKeys: "fresh" });
  const { media, commerce } = await world.run();
  expect([media.error, commerce.error]).toEqual([undefined, undefined]);
  const [ofMedia, ofCommerce] = [
    await readNoiseKey(keyOf(world, "media")),
    await readNoiseKey(keyOf(world, "commerce")),
  ];
  if (ofMedia === undefined || ofCommerce === undefined) throw new Error("no keys");
  return { world, repeat: { media: ofMedia, commerce: ofCommerce } };
}

/** One user of the training rows, and one of the test rows. */
async function someUsers({
  plan,
  tables,
}: FederationWorld): Promise<Record<"train" | "test", string>> {
  const { ids } = await pooledRows({ plan, media: tables.media, commerce: tables.commerce });
  return { train: ids[0] ?? "", test: ids.at(-1) ?? "" };
}

const withLabelTurned = (data: PartyData, user: string): PartyData => ({
  ...data,
  labels: Object.fromEntries(
    Object.entries(data.labels ?? {}).map(([name, values]) => [
      name,
      values.map((value, row) => (data.ids[row] === user ? 1 - value : value)),
    ]),
  ),
});

const withNumberMoved = (data: PartyData, user: string): PartyData => ({
  ...data,
  prepare: async (rows) => {
    const fitted = await data.prepare(rows);
    return {
      ...fitted,
      encode: (each) => {
        const encoded = fitted.encode(each);
        const at = each.indexOf(data.ids.indexOf(user));
        if (at >= 0) encoded.values[at * encoded.cols] = 0.123;
        return encoded;
      },
    };
  },
});

const withoutUser = (data: PartyData, user: string): PartyData => ({
  ...data,
  ids: data.ids.map((id) => (id === user ? "somebody else" : id)),
});

const at =
  (side: Side, change: (data: PartyData) => PartyData): NonNullable<WorldOptions["bring"]> =>
  (each, data) =>
    each === side ? change(data) : data;

describe("a run's noise key", () => {
  it("repeats that run: all that crosses is the same, and the key is kept again", async () => {
    const { world, repeat } = await trained();
    const again = await create({ repeat });
    const { media, commerce } = await again.run();
    expect([media.error, commerce.error]).toEqual([undefined, undefined]);
    for (const side of ["media", "commerce"] as const) {
      expect(sent(again, side)).toEqual(sent(world, side));
      expect(sent(again, side).length).toBeGreaterThan(2);
      expect(await readFile(keyOf(again, side))).toEqual(await readFile(keyOf(world, side)));
    }
    const scores = (of: FederationWorld): Promise<Buffer> =>
      readFile(join(of.directory, "commerce", "scores.csv"));
    expect(await scores(again)).toEqual(await scores(world));
  });

  it("serves under another name of the session", async () => {
    const { repeat } = await trained();
    const { media, commerce } = await (await create({ repeat, session: "later" })).run();
    expect([media.error, commerce.error]).toEqual([undefined, undefined]);
  });

  it.each([
    ["one other label of a training row", "commerce", withLabelTurned, "train", "labels"],
    ["one other number of a training row", "commerce", withNumberMoved, "train", "columns"],
    ["one other number of a training row", "media", withNumberMoved, "train", "columns"],
    ["one other number of a test row", "media", withNumberMoved, "test", "columns"],
    ["another user", "media", withoutUser, "test", "rows"],
    ["another user", "commerce", withoutUser, "train", "rows"],
  ] as const)("is refused for %s at %s", async (_, side, change, which, part) => {
    const { world, repeat } = await trained();
    const user = (await someUsers(world))[which];
    const other = await create({ repeat, bring: at(side, (data) => change(data, user)) });
    const { error } = (await other.run())[side];
    expect(error).toMatchObject({ code: "REPEAT_MISMATCH", details: { part } });
    expect(error?.cure).toContain("so that new noise is drawn");
    expect(sent(other, side)).toEqual([]);
  });

  it.each([
    ["seed", { seed: "another" }],
    ["number of epochs", { model: { ...MODEL, epochs: 3 } }],
  ])("is refused at both for another %s", async (_, plan) => {
    const { repeat } = await trained();
    const other = await create({ repeat, plan });
    const { media, commerce } = await other.run();
    const refusals = [media.error, commerce.error].filter(
      (error) => error?.code === "REPEAT_MISMATCH",
    );
    expect(refusals.length).toBeGreaterThan(0);
    for (const error of refusals) expect(error?.details).toEqual({ part: "plan" });
    expect([sent(other, "media"), sent(other, "commerce")]).toEqual([[], []]);
  });

  it.each([
    ["media", "embed", "commerce", withLabelTurned],
    ["commerce", "grad", "media", withNumberMoved],
  ] as const)("lets %s send nothing new where only the other side changed", async (...given) => {
    const [side, kind, changed, change] = given;
    const { world, repeat } = await trained();
    const user = (await someUsers(world)).train;
    const other = await create({
      repeat: { [side]: repeat[side] },
      noiseKeys: { media: repeat.media.key, commerce: repeat.commerce.key },
      bring: at(changed, (data) => change(data, user)),
    });
    const { error } = (await other.run())[side];
    expect(error).toMatchObject({
      code: "REPEAT_MISMATCH",
      cure: expect.stringContaining("engine") as string,
    });
    const [, frame] = /^frame (\d+) \((\w+)\) is not the one/.exec(error?.message ?? "") ?? [];
    expect(error?.message).toContain(`(${kind})`);
    expect(Number(frame)).toBeLessThan(sent(world, side).length);
    expect(sent(other, side)).toEqual(sent(world, side).slice(0, Number(frame)));
  });

  it("is not left by a training that stopped half-way", async () => {
    const world = await create({
      onEvent: (side, event, running) => {
        if (side === "media" && event.event === "progress" && event.phase === "training") {
          running.interrupt(side);
        }
      },
    });
    expect((await world.run()).media.error).toMatchObject({ code: "INTERRUPTED" });
    for (const side of ["media", "commerce"] as const) {
      expect(existsSync(keyOf(world, side)), side).toBe(false);
    }
  });

  it.each([
    ["no JSON", () => "0".repeat(64)],
    ["another version", (text: string) => text.replace('"version": 1', '"version": 2')],
    ["no record of what it covered", (text: string) => text.replace('"covered"', '"hidden"')],
    ["half a key", (text: string) => text.replace(/("key": "[0-9a-f]{32})[0-9a-f]{32}/, "$1")],
  ])("is refused as a file with %s", async (_, change) => {
    const folder = await mkdtemp(join(tmpdir(), "moongate-noise-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    const { world } = await trained();
    const text = await readFile(keyOf(world, "media"), "utf8");
    const file = join(folder, "noise.key");
    expect(change(text)).not.toBe(text);
    await writeFile(file, change(text));
    await expect(readNoiseKey(file)).rejects.toMatchObject({
      code: "KEYS_INVALID",
      message: `${file} holds no noise key of this version`,
    });
    await expect(readNoiseKey(join(folder, "none"))).rejects.toMatchObject({
      code: "FILE_MISSING",
    });
  });
});
