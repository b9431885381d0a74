import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { type Disclosure, type ResultDocument, resultSchema } from "@moongate/results";
import { seenRowSchema } from "@moongate/messages";
import { describe, expect, it } from "vitest";
import type { PartyOutcome } from "./options.ts";
import { pooledTwin } from "./pooled.ts";
import { type Ending, FederationWorld, type WorldOptions } from "./testing/federation-world.ts";

const good = (ending: Ending<PartyOutcome>): PartyOutcome => {
  if (ending.error !== undefined) throw ending.error;
  return ending.outcome;
};

async function run(options: WorldOptions): Promise<{
  world: FederationWorld;
  media: PartyOutcome;
  commerce: PartyOutcome;
  result: ResultDocument;
}> {
  const world = await FederationWorld.create(options);
  const endings = await world.run();
  const [media, commerce] = [good(endings.media), good(endings.commerce)];
  expect(endings.coordinator?.error).toBeUndefined();
  expect(media.result).toBeUndefined();
  return { world, media, commerce, result: commerce.result as ResultDocument };
}

describe("a session", () => {
  it("runs from joining to the result document", async () => {
    const { world, media, commerce, result } = await run({
      seed: "session",
      tables: { matched: 600 },
    });
    const pooled = await pooledTwin({ plan: world.plan, ...world.tables });
    expect(result.rows).toEqual({ media: 720, commerce: 720, aligned: 600, ...pooled.rows });
    expect(result.width).toEqual({ media: 3, commerce: 2 });
    const commerceOnly = result.auc.bought?.commerceOnly;
    const federated = result.auc.bought?.federated ?? Number.NaN;
    expect(Math.abs(federated - (pooled.auc.bought?.test ?? 1))).toBeLessThan(0.01);
    expect(federated).toBeGreaterThan((commerceOnly ?? NaN) + 0.05);

    expect((await readdir(media.runDirectory)).sort()).toEqual([
      "README.txt",
      "ledger.json",
      "log.ndjson",
      "model",
      "outcome.json",
      "seen.json",
    ]);
    const names = await readdir(commerce.runDirectory);
    expect(names.sort()).toEqual([
      "README.txt",
      "baseline-scores.csv",
      "ledger.json",
      "log.ndjson",
      "model",
      "result.json",
      "scores.csv",
      "seen.json",
    ]);
    for (const name of names) {
      const { mode } = await stat(join(commerce.runDirectory, name));
      expect(mode & 0o777, name).toBe(name === "model" ? 0o700 : 0o600);
    }
    expect((await stat(commerce.runDirectory)).mode & 0o777).toBe(0o700);
    const file = await readFile(join(commerce.runDirectory, "result.json"), "utf8");
    expect(resultSchema.parse(JSON.parse(file))).toEqual(result);
  });

  it("keeps the same ledger on both sides, and names every reveal", async () => {
    const { media, commerce, result } = await run({ tables: { labels: ["a", "b"] } });
    expect(media.disclosures).toEqual(commerce.disclosures);
    expect(result.disclosures).toEqual(commerce.disclosures);
    const { validation, test } = result.rows;
    const revealed = commerce.disclosures.filter((line) => line.what.endsWith("scores"));
    expect(revealed.map(({ what, shape, to }) => ({ what, shape, to }))).toEqual([
      { what: "validation scores", shape: `${validation}×2`, to: "commerce" },
      { what: "test scores", shape: `${test}×2`, to: "commerce" },
    ]);
    const file = await readFile(join(media.runDirectory, "ledger.json"), "utf8");
    expect(JSON.parse(file) as Disclosure[]).toEqual(media.disclosures);
  });

  it("tells what each process has seen, and what it could read", async () => {
    const { media, commerce } = await run({});
    for (const row of commerce.seen) seenRowSchema.parse(row);
    const seen = (process: string): string[] =>
      commerce.seen
        .filter((row) => row.process === process)
        .map((row) => `${row.channel} ${row.from} ${row.kind} ${row.opened ? "read" : "sealed"}`)
        .sort();
    expect(seen("coordinator")).toEqual([
      "outer commerce control read",
      "outer commerce credit read",
      "outer commerce maskkey read",
      "outer commerce psitag sealed",
      "outer commerce relay sealed",
      "outer media control read",
      "outer media maskkey read",
      "outer media psitag sealed",
      "outer media relay sealed",
    ]);
    expect(seen("media")).toEqual([
      "inner commerce agreed sealed",
      "inner commerce commit sealed",
      "inner commerce note read",
      "inner commerce opening sealed",
      "inner commerce psisum sealed",
      "outer coordinator control read",
      "outer coordinator pledge read",
      "outer coordinator psirow read",
    ]);
    expect(seen("commerce")).toEqual([
      "inner media agreed sealed",
      "inner media commit sealed",
      "inner media note read",
      "inner media opening sealed",
      "inner media psisum sealed",
      "outer coordinator control read",
      "outer coordinator deal sealed",
      "outer coordinator psirow read",
    ]);
    expect(media.seen.every((row) => row.process === "media")).toBe(true);
  });

  it("counts rounds and bytes as they were", async () => {
    const { result } = await run({});
    const { steps, rounds, bytes, links } = result.traffic;
    expect(steps).toBe(2 * Math.ceil(result.rows.train / 64));
    expect(rounds).toBeGreaterThanOrEqual(3 * steps);
    expect(rounds).toBeLessThan(4 * steps + 20);
    const outer = links.filter((row) => row.channel === "outer");
    expect(outer.reduce((sum, row) => sum + row.bytes, 0)).toBe(bytes);
    const carried = outer.filter((row) => row.kind === "relay");
    const inner = links.filter((row) => row.channel === "inner");
    const sum = (rows: typeof links): number => rows.reduce((total, row) => total + row.bytes, 0);
    // Both hops carry the whole inner channel, with TLS around it.
    expect(sum(carried)).toBeGreaterThan(2 * sum(inner));
  });

  it("trains several labels at once, and writes a score for each", async () => {
    const { commerce, result } = await run({ tables: { labels: ["a", "b", "c"] } });
    expect(Object.keys(result.auc)).toEqual(["a", "b", "c"]);
    const [header, ...lines] = (await readFile(join(commerce.runDirectory, "scores.csv"), "utf8"))
      .trimEnd()
      .split("\n");
    expect(header).toBe("id,split,a,score_a,logit_a,b,score_b,logit_b,c,score_c,logit_c");
    expect(lines.length).toBe(result.rows.validation + result.rows.test);
    for (const line of lines) {
      expect(line).toMatch(/^user-[^,]+,(validation|test)(,[01],0\.\d{6},-?[\d.e-]+){3}$/);
    }
  });

  it("aligns without the coordinator's help", async () => {
    const keyed = await run({ seed: "same" });
    const ecdh = await run({ seed: "same", plan: { seed: "same", alignment: { method: "ecdh" } } });
    expect(ecdh.result.rows).toEqual(keyed.result.rows);
    const kinds = ecdh.result.seen.filter((row) => row.process === "coordinator");
    expect(kinds.some((row) => row.kind === "psitag")).toBe(false);
    const lines = ecdh.media.disclosures.filter((line) => line.to === "coordinator");
    expect(lines[0]).toMatchObject({ what: "size of the joint set", shape: "300" });
  });

  it("ends with the same rows and nearly the same scores when it is repeated", async () => {
    const [first, second] = [await run({ seed: "again" }), await run({ seed: "again" })];
    expect(second.result.rows).toEqual(first.result.rows);
    const { bought: a } = first.result.auc;
    const { bought: b } = second.result.auc;
    expect(Math.abs((a?.federated ?? 0) - (b?.federated ?? 1))).toBeLessThan(0.01);
    expect(b?.commerceOnly).toBe(a?.commerceOnly);
  });
});

describe("two sessions at once on one coordinator", () => {
  it("do not meet", async () => {
    const first = await FederationWorld.create({ session: "first" });
    const second = await FederationWorld.create({ session: "second" }, first);
    const endings = await Promise.all([first.run(), second.run()]);
    for (const { media, commerce } of endings) {
      expect(good(commerce).result?.rows.aligned).toBe(300);
      expect(good(media).plan.session).toBe(good(commerce).plan.session);
    }
  });

  it("one that fails leaves the other alone", async () => {
    const first = await FederationWorld.create({
      session: "first",
      onEvent: (side, event, world) => {
        if (event.event === "progress" && event.phase === "training") world.kill(side);
      },
    });
    const second = await FederationWorld.create({ session: "second" }, first);
    const [failed, well] = await Promise.all([first.run(), second.run()]);
    expect(failed.media.error?.code).toBe("PEER_LOST");
    expect(good(well.commerce).result?.session).toBe("second");
  });

  it("may follow each other under one name", async () => {
    const first = await FederationWorld.create({ session: "daily" });
    good((await first.run()).commerce);
    const second = await FederationWorld.create({ session: "daily" }, first);
    good((await second.run()).commerce);
  });
});
