import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NOTICE_FILE } from "./run-notice.ts";
import { FederationWorld, type WorldOptions } from "./testing/federation-world.ts";
import { predict, scoringOf, SIDES, testRows, train } from "./testing/prediction.ts";

const SPLIT = {
  plan: { protocol: "split", model: { kind: "sine", epochs: 1, hidden: 4 } },
  accept: { protocols: ["split"] },
} satisfies WorldOptions;

/** The names in a run directory but the notice, folders with a slash, and the notice. */
async function contents(directory: string): Promise<{ names: string[]; notice: string }> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  const notice = await readFile(join(directory, NOTICE_FILE), "utf8");
  return { names: names.filter((name) => name !== NOTICE_FILE), notice };
}

const worthOf = (notice: string, name: string): string | undefined =>
  notice
    .split("\n")
    .find((line) => line.startsWith(`${name} `))
    ?.split(/ +/)[1];

const KEPT = ["model/", "noise.key"];

describe("the notice of a run directory", () => {
  it.each<[string, WorldOptions, number]>([
    ["masked", {}, 4],
    ["recorded split", { ...SPLIT, views: "files" }, 6],
  ])("names all that a %s training leaves, and what of it is secret", async (_, options, least) => {
    const { world } = await train(options);
    for (const side of SIDES) {
      const directory = join(world.directory, side);
      const { names, notice } = await contents(directory);
      expect(names.length).toBeGreaterThanOrEqual(least);
      for (const name of names) {
        const worth = worthOf(notice, name);
        expect(["SECRET", "PRIVATE", "plain"], `${side} ${name}`).toContain(worth);
        expect(worth === "SECRET", name).toBe(KEPT.includes(name));
        expect(worth === "PRIVATE", name).toBe(name === "view/" || name.endsWith(".csv"));
      }
      expect(notice.includes("scores.csv")).toBe(side === "commerce");
      expect((await stat(join(directory, NOTICE_FILE))).mode & 0o777).toBe(0o600);
      expect((await stat(directory)).mode & 0o777).toBe(0o700);
    }
  });

  it("names all that a prediction leaves", async () => {
    const trained = await train();
    const { media, commerce } = await predict(scoringOf(trained.models, testRows(trained)));
    for (const { runDirectory } of [media, commerce]) {
      const { names, notice } = await contents(runDirectory);
      for (const name of names) expect(worthOf(notice, name), name).toMatch(/^(PRIVATE|plain)$/);
      expect(notice).not.toContain("model/");
    }
  });

  it("is there though the session failed", async () => {
    const world = await FederationWorld.create({ accept: { protocols: ["split"] } });
    const { media } = await world.run();
    expect(media.error?.code).toBe("SESSION_REFUSED");
    const { notice } = await contents(join(world.directory, "media"));
    expect(notice).toContain("The run directory of media");
  });
});
