import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { ROLES, startFederation } from "./support/federation.ts";
import { freshFolder } from "./support/folder.ts";
import { type Ended, killLeftovers, moongate } from "./support/moongate.ts";

const SMALL = ["--rows", "2000", "--epochs", "2"];
const TIMEOUT_MS = 120_000;

interface Csv {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A plain CSV file: these tables quote nothing. */
function readCsv(file: string): Csv {
  const [header = [], ...rows] = readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
  return { header, rows };
}

/** The rows of these ids, last first, without these columns. */
function cut(from: string, to: string, ids: ReadonlySet<string>, without: readonly string[]): void {
  const { header, rows } = readCsv(from);
  const keep = header.map((name) => !without.includes(name));
  const kept = rows.filter(([id = ""]) => ids.has(id)).toReversed();
  const lines = [header, ...kept].map((row) => row.filter((_, column) => keep[column]).join(","));
  writeFileSync(to, `${lines.join("\n")}\n`);
}

/** Scores and logits by id, of the test rows where the file tells splits. */
function scoresIn(file: string): Map<string, string> {
  const { header, rows } = readCsv(file);
  const split = header.indexOf("split");
  const cells = header.map((name) => /^(score|logit)_/.test(name));
  return new Map(
    rows
      .filter((row) => split === -1 || row[split] === "test")
      .map((row) => [row[0] ?? "", row.filter((_, column) => cells[column]).join()]),
  );
}

describe("moongate predict", { timeout: TIMEOUT_MS }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);
  const at = (name: string): string => join(folder.path, name);
  const labels = ["store_order", "live_order", "content_visit"];

  async function demo(more: readonly string[] = [], run = "run"): Promise<Ended> {
    const ended = await moongate(["demo", ...SMALL, ...more, "--out", at(run)], folder.path);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    return ended;
  }
  const predict = (media: string, commerce: string, out: string, run = "run"): Promise<Ended> =>
    moongate(
      ["predict", "--run", run, "--media", media, "--commerce", commerce, "--out", out],
      folder.path,
    );

  /** Test users' rows as new tables: shuffled, and without labels. */
  function cutToTestUsers(run = "run"): ReadonlyMap<string, string> {
    const test = scoresIn(join(at(run), "commerce", "scores.csv"));
    const ids = new Set(test.keys());
    cut(at("data/synthetic-2000/media.csv"), at("new-media.csv"), ids, ["ad_click"]);
    cut(at("data/synthetic-2000/commerce.csv"), at("new-commerce.csv"), ids, labels);
    return test;
  }

  it.each(["sine", "logistic"])(
    "scores the test users by a %s model bit for bit as its training did",
    async (model) => {
      await demo(["--model", model]);
      const test = cutToTestUsers();
      expect(test.size).toBeGreaterThan(200);
      const ended = await predict("new-media.csv", "new-commerce.csv", "scores.csv");
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      expect(scoresIn(at("scores.csv"))).toEqual(test);
      expect(readCsv(at("scores.csv")).header.slice(0, 3)).toEqual([
        "id",
        "score_store_order",
        "logit_store_order",
      ]);
      expect(statSync(at("scores.csv")).mode & 0o777).toBe(0o600);
    },
  );

  it("is what the demo says, word for word, and never overwrites a file", async () => {
    const { stdout } = await demo();
    const command = /^ {2}npx moongate (predict .*)$/m.exec(stdout)?.[1]?.split(" ") ?? [];
    const ended = await moongate(command, folder.path);
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    expect(ended.stdout).toContain(at("scores.csv"));
    // All users that both have, the training's among them.
    const test = scoresIn(at("run/commerce/scores.csv"));
    expect(scoresIn(at("scores.csv")).size).toBeGreaterThan(2 * test.size);

    const before = readFileSync(at("scores.csv"), "utf8");
    const again = await moongate(command, folder.path);
    expect(again.status).toBe(73);
    expect(again.stderr).toMatch(/^error FILE_EXISTS: /);
    expect(readFileSync(at("scores.csv"), "utf8")).toBe(before);
  });

  it("computes on the engine that the training was told to", async () => {
    await demo(["--protocol", "split", "--engine", "cpu"]);
    cutToTestUsers();
    const ended = await predict("new-media.csv", "new-commerce.csv", "scores.csv");
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    const [session = ""] = readdirSync(at("run/predictions"));
    for (const side of ["media", "commerce"]) {
      const log = readFileSync(join(at("run/predictions"), session, side, "log.ndjson"), "utf8");
      expect(log, side).toMatch(/models in the clear: TensorFlow\.js [\d.]+, cpu engine/);
    }
  });

  it("tells what is wrong before any process starts, or while they agree", async () => {
    await demo(["--model", "logistic"]);
    await demo(["--model", "logistic", "--seed", "2"], "other");
    const test = cutToTestUsers();
    const ids = new Set(test.keys());

    const refused = async (what: Promise<Ended>, code: string, words: string): Promise<void> => {
      const ended = await what;
      expect(ended.stderr).toMatch(new RegExp(`^error ${code}: .*${words}.*\ncure: .+\n`));
      expect(ended.status).toBeGreaterThan(0);
      expect(existsSync(at("scores.csv"))).toBe(false);
    };

    cut(at("data/synthetic-2000/media.csv"), at("narrow.csv"), ids, ["device"]);
    await refused(
      predict("narrow.csv", "new-commerce.csv", "scores.csv"),
      "COLUMN_MISSING",
      'no column "device"',
    );
    await refused(predict("new-media.csv", "nowhere.csv", "scores.csv"), "FILE_MISSING", "nowhere");
    await refused(
      predict("new-media.csv", "new-commerce.csv", "scores.csv", "data"),
      "FILE_MISSING",
      "not the run directory",
    );
    cut(at("data/synthetic-2000/media.csv"), at("none.csv"), new Set([...ids].slice(0, 9)), []);
    const others = new Set([...ids].slice(9));
    cut(at("data/synthetic-2000/commerce.csv"), at("others.csv"), others, labels);
    await refused(predict("none.csv", "others.csv", "scores.csv"), "ALIGNMENT_EMPTY", "no user");

    // A share of another training in the place of media's own.
    const share = (run: string): string => join(at(run), "media", "model", "share.bin");
    const own = readFileSync(share("run"));
    writeFileSync(share("run"), own.subarray(8));
    await refused(
      predict("new-media.csv", "new-commerce.csv", "scores.csv"),
      "MODEL_INVALID",
      "share.bin is damaged",
    );
    for (const file of ["model.json", "share.bin", "secret.bin", "preparation.json"]) {
      const path = (run: string): string => join(at(run), "media", "model", file);
      writeFileSync(path("run"), readFileSync(path("other")));
    }
    await refused(
      predict("new-media.csv", "new-commerce.csv", "scores.csv"),
      "MODEL_MISMATCH",
      "share of model",
    );
  });
});

describe("three terminals", { timeout: TIMEOUT_MS }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);

  it("score by configurations whose task is to predict, each party with its own share", async () => {
    for (const predict of [false, true]) {
      const running = await startFederation(folder.path, {
        ...(predict ? { predict } : { commerce: { plan: { model: { epochs: 2 } } } }),
      });
      for (const role of ROLES) {
        expect(await running[role].ended, role).toMatchObject({ status: 0, stderr: "" });
      }
    }
    const runs = join(folder.path, "runs");
    const trained = scoresIn(join(runs, "commerce", "scores.csv"));
    const scores = scoresIn(join(runs, "commerce-predict", "scores.csv"));
    expect(scores.size).toBeGreaterThan(trained.size);
    for (const id of trained.keys()) expect(scores.has(id)).toBe(true);
    expect(existsSync(join(runs, "media-predict", "scores.csv"))).toBe(false);
  });
});
