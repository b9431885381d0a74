import { join } from "node:path";
import type { RunReport } from "@moongate/benchmark";
import { afterEach, describe, expect, it } from "vitest";
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
  const report = ({ stdout }: Ended): RunReport => JSON.parse(stdout) as RunReport;
  const verdicts = ({ attacks }: RunReport, adversary: string): string[] =>
    attacks.filter((each) => each.adversary === adversary).map(({ verdict }) => verdict);

  it("finds nothing under masks, but with a corrupt coordinator everything", async () => {
    const run = await recorded("--corrupt", "coordinator");
    const found = report(await attack(run, "--json"));
    expect(found).toMatchObject({ format: "moongate-attack", protocol: "masked" });
    for (const party of ["media", "commerce", "coordinator"]) {
      const said = verdicts(found, party);
      expect(said).toContain("at chance");
      expect(said).not.toContain("broken");
      // Masks are fresh every time, so once in a while chance looks like a leak.
      expect(said.filter((verdict) => verdict === "leaks").length).toBeLessThan(2);
    }
    expect(verdicts(found, "coordinator+media")).toEqual(["broken"]);
    expect(verdicts(found, "coordinator+commerce")).toEqual(["broken"]);

    const words = await attack(run);
    expect(words).toMatchObject({ status: 0, stderr: "" });
    expect(words.stdout).toContain("A coordinator that colludes with media reads the labels");
    expect(words.stdout).toContain("SECURITY.md");
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
  });

  it("refuses a folder without views", async () => {
    const ended = await attack(folder.path);
    expect(ended.status).toBe(66);
    expect(ended.stderr).toContain("FILE_MISSING");
    expect(ended.stderr).toContain("--record");
  });
});
