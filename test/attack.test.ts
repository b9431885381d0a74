import { join } from "node:path";
import type { RunReport } from "@moongate/lab";
import { SYNTHETIC_ID } from "@moongate/data";
import picocolors from "picocolors";
import { afterEach, describe, expect, it } from "vitest";
import { attackSummary } from "../packages/cli/src/summary/attack.ts";
import { freshFolder } from "./support/folder.ts";
import { type Ended, killLeftovers, moongate } from "./support/moongate.ts";

const SMALL = ["--rows", "1200", "--epochs", "3", "--label", "content_visit", "--local", "raw"];

describe("moongate attack", { timeout: 240_000 }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);

  async function recorded(...options: string[]): Promise<string> {
    const run = join(folder.path, "run");
    const made = await moongate(
      ["demo", ...SMALL, "--record", "--out", run, "--json", ...options],
      folder.path,
    );
    expect(made).toMatchObject({ status: 0, stderr: "" });
    return run;
  }
  const attack = (...words: string[]): Promise<Ended> =>
    moongate(["attack", ...words], folder.path);
  /** The tables that these runs are made of. */
  const tables = (): string[] => {
    const file = (side: string) => join(folder.path, "data", "synthetic-1200", `${side}.csv`);
    return ["--media", file("media"), "--commerce", file("commerce"), "--id", SYNTHETIC_ID];
  };
  const report = ({ stdout }: Ended): RunReport => JSON.parse(stdout) as RunReport;
  const verdicts = ({ attacks }: RunReport, adversary: string): string[] =>
    attacks.filter((each) => each.adversary === adversary).map(({ verdict }) => verdict);

  it("finds nothing under masks, but with a corrupt coordinator everything", async () => {
    const run = await recorded("--corrupt", "coordinator");
    const found = report(await attack(run, "--json", ...tables()));
    expect(found).toMatchObject({ format: "moongate-attack", protocol: "masked" });
    const verdictOf = (name: string, adversary: string) =>
      found.attacks.find((each) => each.name === name && each.adversary === adversary)?.verdict;
    // Masks are fresh every time, and a small run leaves much undecided: an interval two and a half
    // times as wide, outside of which chance would be once in a million attacks.
    for (const party of ["media", "commerce", "coordinator"]) {
      const scored = found.attacks.filter(
        ({ adversary, leak }) => adversary === party && leak !== undefined,
      );
      expect(scored.length, party).toBeGreaterThan(0);
      for (const { name, leak } of scored) {
        const { mean = NaN, low = NaN, high = NaN } = leak ?? {};
        expect(mean - 2.5 * (mean - low), `${party} ${name}`).toBeLessThanOrEqual(0.5);
        expect(mean + 2.5 * (high - mean), `${party} ${name}`).toBeGreaterThanOrEqual(0.5);
      }
      expect(verdicts(found, party)).not.toContain("broken");
    }
    for (const adversary of ["coordinator+media", "coordinator+commerce"]) {
      expect(verdictOf("collusion-features", adversary)).toBe("broken");
      expect(verdictOf("matched-set", adversary)).toBe("broken");
    }
    expect(verdictOf("collusion-labels", "coordinator+media")).toBe("broken");
    expect(verdictOf("matched-set", "coordinator")).toBe("at chance");
    // A model that is given out is attacked by its scores, masks or not.
    const released = found.attacks.filter((each) => each.adversary === "commerce with the model");
    expect(released.map(({ name }) => name)).toEqual(["equation-solving", "generative-regression"]);
    expect(released[1]?.control?.mean).toBeGreaterThan(0.8);

    const words = attackSummary(found, picocolors.createColors(false));
    expect(words).toContain("A coordinator that colludes with media reads the labels");
    expect(words).toContain("SECURITY.md");
  });

  it("reads labels off an undefended split session, which is its own control", async () => {
    const run = await recorded("--protocol", "split");
    const found = report(await attack(run, "--json", "--known", "50", "--seed", "2"));
    expect(verdicts(found, "media")).toContain("broken");
    expect(found.control).toContain("the run itself");
    expect(found.attacks.find(({ name }) => name === "averaged")?.known).toBe(50);

    // One party's part alone has nothing to score the attack by, and no control.
    const alone = await attack(join(run, "media"));
    expect(alone).toMatchObject({ status: 0, stderr: "" });
    expect(alone.stdout).toContain("none applies to these views");
    expect(alone.stdout).toContain("the true labels are not given");
    // With the tables it is scored.
    const scored = report(await attack(join(run, "media"), "--json", ...tables()));
    expect(verdicts(scored, "media")).toContain("broken");
    expect(scored.views).toEqual(["media"]);
  });

  it("explains how to score one party's view, and what goes together", async () => {
    const help = await attack("--help");
    expect(help.stdout).toContain("--media media.csv --commerce commerce.csv --id user_id");
    for (const [words, cause] of [
      [["--commerce", "c.csv"], "--media and --commerce need the name of the id column"],
      [["--id", "user"], "--id goes with --media or --commerce"],
      [["--media", "m.csv", "--id", "user", "--label", "y"], "--label goes with --commerce"],
    ] as const) {
      const ended = await attack(folder.path, ...words);
      expect(ended.status).toBe(64);
      expect(ended.stderr).toContain(cause);
    }
  });

  it("refuses a folder without views", async () => {
    const ended = await attack(folder.path);
    expect(ended.status).toBe(66);
    expect(ended.stderr).toContain("FILE_MISSING");
    expect(ended.stderr).toContain("--record");
  });
});
