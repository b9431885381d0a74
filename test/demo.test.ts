import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { resultSchema } from "@moongate/results";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { freshFolder } from "./support/folder.ts";
import { type Ended, killLeftovers, moongate, type Running, start } from "./support/moongate.ts";

const SMALL = ["--rows", "2000", "--epochs", "4", "--batch-size", "64"];
/** Long enough that a test can interfere: it never gets to the end. */
const ENDLESS = ["--rows", "2000", "--epochs", "1000", "--batch-size", "8"];

describe("moongate demo", () => {
  let folder: string;
  let words: Ended;
  let json: Ended;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "moongate-test-"));
    const demo = (form: string, ...more: string[]): Promise<Ended> => {
      const out = ["--out", join(folder, form)];
      return moongate(["demo", ...SMALL, "--seed", "a", ...out, ...more], folder);
    };
    [words, json] = await Promise.all([demo("words"), demo("json", "--json")]);
  }, 240_000);
  afterAll(() => {
    killLeftovers();
    rmSync(folder, { recursive: true, force: true });
  });

  it("prints one valid result document with --json, and nothing else", () => {
    expect(json).toMatchObject({ status: 0, stderr: "" });
    const result = resultSchema.parse(JSON.parse(json.stdout));
    expect(result.labels).toEqual(["store_order", "live_order", "content_visit"]);
    for (const label of result.labels) {
      // how close the two are is for synthetic-accuracy.test.ts: so few test rows cannot tell
      const { federated, pooled, best } = result.auc[label] ?? {};
      for (const auc of [federated, pooled, best]) expect(auc, label).toBeGreaterThan(0.5);
    }
    const steps = 4 * Math.ceil(result.rows.train / 64);
    expect(result.traffic.steps).toBe(steps);
    expect(new Set(result.seen.map((row) => row.process)).size).toBe(3);
    expect(result.disclosures.map((line) => line.what)).toContain("test scores");
    expect(Object.keys(result.joining?.labels ?? {})).toEqual(result.labels);
    expect(result.runDirectory).toBe(join(folder, "json"));
  });

  it("leaves everything in the run directory, for its owner alone", () => {
    const run = join(folder, "json");
    expect(statSync(run).mode & 0o777).toBe(0o700);
    const files = readdirSync(run, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    for (const name of ["result.json", "media.toml", "commerce/scores.csv", "keys/media.key.pem"]) {
      expect(files).toContain(join(run, name));
    }
    const notice = readFileSync(join(run, "README.txt"), "utf8");
    for (const entry of readdirSync(run, { withFileTypes: true })) {
      if (entry.name === "README.txt") continue;
      const name = entry.isDirectory() ? `${entry.name}/` : entry.name;
      expect(notice).toMatch(new RegExp(`^${name} +(SECRET|PRIVATE|plain) `, "m"));
    }
    const readable = files.filter((file) => (statSync(file).mode & 0o077) !== 0);
    expect(readable.map((file) => file.slice(run.length + 1)).sort()).toEqual([
      "keys/commerce.cert.pem",
      "keys/coordinator.cert.pem",
      "keys/media.cert.pem",
    ]);
  });

  it("leaves a report at each party, and the combined one in the demo's own folder", () => {
    const run = join(folder, "json");
    const page = (...path: string[]): string =>
      readFileSync(join(run, ...path, "report.html"), "utf8");
    expect(page().includes("pooled (ceiling)")).toBe(true);
    expect(page("commerce").includes("as commerce knows it")).toBe(true);
    expect(page("media").includes("Media learns no label")).toBe(true);
    for (const path of [[], ["commerce"], ["media"]]) {
      // every sentence that a process wrote has its Chinese
      expect(/<span lang="en">([^<]*)/.exec(page(...path))?.[1]).toBeUndefined();
    }
    const { epochs } = resultSchema.parse(JSON.parse(json.stdout));
    expect(epochs?.whose).toBe("pooled");
    expect(epochs?.labels.map(({ auc }) => auc.length)).toEqual([4, 4, 4]);
  });

  it("ends with the summary, and gives the same split and twin for the same seed", () => {
    expect(words).toMatchObject({ status: 0, stderr: "" });
    const sections = ["Rows", "Test AUC", "Is joining worth it\\?", "Cost", "Disclosed on purpose"];
    const screen = words.stdout
      .slice(words.stdout.search(/^masked /m))
      .trimEnd()
      .split("\n");
    expect(screen.length).toBeLessThanOrEqual(40);
    expect(screen.join("\n")).toContain(join(folder, "words", "report.html"));
    for (const section of sections) expect(words.stdout).toMatch(new RegExp(`^${section}`, "m"));
    const file = join(folder, "words", "result.json");
    const first = resultSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    const second = resultSchema.parse(JSON.parse(json.stdout));
    expect(second.rows).toEqual(first.rows);
    expect(second.traffic.rounds).toBe(first.traffic.rounds);
    for (const label of first.labels) {
      // the twin is the same to the bit; masked runs round by their masks, which are fresh each time
      expect(second.auc[label]?.pooled).toBe(first.auc[label]?.pooled);
    }
  });
});

describe("moongate demo, disturbed", { timeout: 120_000 }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);
  const run = (): string => join(folder.path, "run");

  it("ends all three processes on Ctrl-C and says so", async () => {
    const demo = start(["demo", ...ENDLESS, "--out", run()], folder.path);
    await trainingHasBegun(demo);
    demo.child.kill("SIGINT");
    const ended = await demo.ended;
    expect(ended.status).toBe(130);
    expect(ended.stderr).toMatch(/^error INTERRUPTED: .*SIGINT.*\ncure: .+\n$/);
    expect(processesOf(run())).toEqual([]);
  });

  it("leaves no process behind when it is killed itself", async () => {
    const demo = start(["demo", ...ENDLESS, "--out", run()], folder.path);
    await trainingHasBegun(demo);
    expect(processesOf(run())).toHaveLength(3 + 1); // and the demo
    demo.child.kill("SIGKILL");
    await demo.ended;
    while (processesOf(run()).length > 0) await sleep(100); // the test's own timeout is the limit
  });

  it.each(["coordinator", "media", "commerce"])(
    "shows the root cause first when %s is killed",
    async (victim) => {
      const demo = start(["demo", ...ENDLESS, "--out", run(), "--json"], folder.path);
      await trainingHasBegun(demo);
      process.kill(pidOf(run(), victim), "SIGKILL");
      const ended = await demo.ended;
      expect(ended).toMatchObject({ status: 69, stdout: "" });
      const { error, others } = JSON.parse(ended.stderr) as Record<string, { cause: string }[]> & {
        error: { code: string; cause: string };
      };
      expect(error.code).toBe("PEER_LOST");
      expect(error.cause).toBe(`${victim}: the process ended by itself with signal SIGKILL`);
      expect(others).toHaveLength(2);
      for (const { cause } of others ?? []) expect(cause).toContain(victim);
    },
  );

  /** A progress line comes only with each quarter: media's log tells at once. */
  async function trainingHasBegun(demo: Running): Promise<void> {
    const over = demo.ended.then(() => true);
    while (!existing(join(run(), "media", "log.ndjson")).includes('"phase":"training"')) {
      if (await Promise.race([over, sleep(50, false)])) {
        throw new Error("the demo ended before training began");
      }
    }
  }
});

function existing(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Command lines of running processes that name the folder. */
function processesOf(folder: string): string[] {
  const all = execFileSync("ps", ["-A", "-o", "pid=,args="], { encoding: "utf8" }).split("\n");
  return all.filter((line) => line.includes(folder) && !line.includes("<defunct>"));
}

function pidOf(folder: string, role: string): number {
  const line = processesOf(folder).find((each) => each.includes(`${role}.toml`));
  return Number.parseInt(line ?? "", 10);
}
