import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { partyConfigShape } from "@moongate/federation";
import { makePlan, type PlanChoices } from "@moongate/messages";
import { loadPartyData } from "@moongate/party-data";
import type { Truth } from "../attacks/attack.ts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { oddTables } from "../session/odd-tables.fixture.ts";
import { type SessionHere, sessionHere } from "../session/session-here.ts";
import type { Attempt } from "../suite/attempt.ts";
import { attemptsOn } from "../suite/attempts.ts";
import { truthsOf, type Views } from "../suite/truth.ts";
import { attackRun } from "./attack-run.ts";
import { besideRun } from "./beside-run.ts";
import { truthOfFiles } from "./truth-files.ts";

const ROWS = 700;
const SPLIT: PlanChoices = {
  protocol: "split",
  model: { kind: "sine", hidden: 6, epochs: 3, batchSize: 32 },
};

function labelled(name: string, views: Views): Attempt {
  const found = attemptsOn(views).find(({ attack }) => attack.about.name === name);
  if (found === undefined) throw new Error(`no attack ${name}`);
  return found;
}

describe("one party's view, scored by tables", { timeout: 120_000 }, () => {
  let folder: string;
  const file = (name: string): string => join(folder, `${name}.csv`);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-truth-"));
    await write("media", "commerce", "1");
    await write("other-media", "other", "2");
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** Tables on disk as `oddTables` makes them; media has one user that commerce has not. */
  async function write(media: string, commerce: string, seed: string): Promise<void> {
    const { media: theirs, commerce: own } = oddTables(seed, ROWS, "bought");
    const all = Uint32Array.from({ length: ROWS }, (_, row) => row);
    const text = async (side: typeof theirs, extra: string[]): Promise<string> => {
      const fitted = await side.prepare(all);
      const { columns } = fitted;
      const { cols, values } = fitted.encode(all);
      const lines = side.ids.map((id, row) =>
        [id, ...values.slice(row * cols, (row + 1) * cols), side.labels?.["bought"]?.[row] ?? []]
          .flat()
          .join(","),
      );
      const names = ["id", ...columns, ...(side.labels === undefined ? [] : ["sale"])];
      return [names.join(","), ...lines, ...extra].join("\n");
    };
    await writeFile(file(media), await text(theirs, ["alone,0.5,0.5,0.5"]));
    await writeFile(file(commerce), await text(own, []));
  }

  async function session(choices: PlanChoices): Promise<SessionHere> {
    const config = (name: string) => partyConfigShape.data.parse({ file: file(name), id: "id" });
    const commerce = await loadPartyData(config("commerce"), { labels: ["sale"] });
    const plan = makePlan("truth", ["bought"], { seed: "1", ...choices });
    return sessionHere({
      plan,
      media: await loadPartyData(config("media")),
      commerce: { ...commerce, labels: { bought: commerce.labels?.["sale"] ?? new Uint8Array() } },
      noiseKey: new Uint8Array(32),
      secrets: "truth",
    });
  }

  const only = (views: Views, side: "media" | "commerce"): Views => {
    const view = views[side];
    return view === undefined ? {} : { [side]: view };
  };
  const mediaFile = () => file("media");
  const both = () => ({
    id: "id",
    media: mediaFile(),
    commerce: file("commerce"),
    labels: ["sale"],
  });

  it("gives the same truth as the other party's view", async () => {
    const { views } = await session(SPLIT);
    const expected = truthsOf(views);
    const ofMedia = (await truthOfFiles(only(views, "media"), both())).truths?.media;
    const ofCommerce = (await truthOfFiles(only(views, "commerce"), both())).truths?.commerce;
    expect(ofMedia?.labels).toEqual(expected.media.labels);
    // Columns of the file are of double precision, those of the view of single.
    const single = (truth: Truth | undefined) =>
      truth?.features && { ...truth.features, values: Float32Array.from(truth.features.values) };
    expect(single(ofMedia)).toEqual(single(expected.media));
    expect(single(ofCommerce)).toEqual(single(expected.commerce));
    expect(single(ofCommerce)?.values.length).toBeGreaterThan(ROWS);
  });

  it("lets the same attacks find the same", async () => {
    const { views } = await session(SPLIT);
    const alone = only(views, "media");
    const beside = await truthOfFiles(alone, both());
    const report = await attackRun(alone, { seed: "1", beside });
    const norm = report.attacks.find(({ name }) => name === "norm");
    const { result } = await labelled("norm", views).run("1");
    expect(norm?.leak?.mean).toBe(result.leak?.mean);
    expect(norm?.leak?.mean).toBeGreaterThan(0.6);
    expect(report.control).toContain("the run itself");
  });

  it("repeats a masked session as its control, though one view alone is there", async () => {
    const { views } = await session({
      model: { kind: "sine", hidden: 4, epochs: 2, batchSize: 32 },
    });
    const alone = only(views, "media");
    const beside = await truthOfFiles(alone, both());
    const report = await attackRun(alone, { seed: "1", beside });
    expect(report.control).toContain("all masks zero");
    const norm = report.attacks.find(({ name }) => name === "norm");
    expect(norm?.verdict).toBe("at chance");
    expect(norm?.control?.mean).toBeGreaterThan(0.8);
    // Without a truth nothing is scored.
    const blind = await attackRun(alone, { seed: "1" });
    expect(blind.attacks.every(({ applicable }) => !applicable)).toBe(true);
    expect(blind.control).toContain("none");
  });

  it("takes one file where all its users are joint ones", async () => {
    const { views } = await session(SPLIT);
    const alone = only(views, "media");
    const files = { id: "id", commerce: file("commerce"), labels: ["sale"] };
    const { truths, ids } = await truthOfFiles(alone, files);
    expect(truths?.media.labels?.values.length).toBe(ROWS);
    expect(truths?.media.features?.cols).toBe(views.commerce?.header.width.commerce);
    expect(ids).toBeUndefined();
    // Media has a user more: alone it makes other rows.
    const refused = truthOfFiles(only(views, "commerce"), { id: "id", media: file("media") });
    await expect(refused).rejects.toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("and the run had") as string,
      cure: expect.stringContaining("--commerce both") as string,
    });
  });

  it("refuses tables of another run, and labels that are not there", async () => {
    const { views } = await session(SPLIT);
    const alone = only(views, "media");
    const others = { ...both(), media: file("other-media") };
    await expect(truthOfFiles(alone, others)).rejects.toMatchObject({
      code: "USAGE",
      message: expect.stringContaining("has other columns than this run was made of") as string,
    });
    await expect(truthOfFiles(alone, { ...both(), labels: ["sale", "again"] })).rejects.toThrow(
      "the run has 1 labels and --label names 2",
    );
    const unnamed = { id: "id", media: mediaFile(), commerce: file("commerce") };
    await expect(truthOfFiles(alone, unnamed)).rejects.toMatchObject({ code: "LABEL_MISSING" });
    await expect(truthOfFiles(alone, { ...both(), id: "user" })).rejects.toMatchObject({
      code: "COLUMN_MISSING",
    });
    await expect(besideRun(folder, alone, { ...both(), media: "no.csv" })).rejects.toMatchObject({
      code: "FILE_MISSING",
    });
  });

  it("knows no model where none was kept", async () => {
    expect(await besideRun(folder, {})).toEqual({});
  });
});
