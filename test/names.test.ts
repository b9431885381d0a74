import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { freshFolder } from "./support/folder.ts";
import { killLeftovers, moongate } from "./support/moongate.ts";

const LABELS = ["__proto__", "a, b", "constructor"];
const USERS = Array.from({ length: 400 }, (_, user) => user);
const csv = (rows: readonly (readonly (string | number)[])[]): string =>
  `${rows.map((row) => row.map((cell) => `"${cell}"`).join(",")).join("\n")}\n`;

describe("labels and columns with any name", { timeout: 120_000 }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);

  it("travel through a demo, its result and a prediction", async () => {
    const media = [
      ["id", "__proto__", "toString"],
      ...USERS.map((user) => [`u${user}`, (user * 7) % 11, user % 2 === 0 ? "x" : "y"]),
    ];
    const commerce = [
      ["id", "hasOwnProperty", ...LABELS],
      ...USERS.map((user) => [
        `u${user}`,
        user % 13,
        user % 2,
        user % 3 === 0 ? 1 : 0,
        (user >> 2) % 2,
      ]),
    ];
    writeFileSync(join(folder.path, "media.csv"), csv(media));
    writeFileSync(join(folder.path, "commerce.csv"), csv(commerce));
    const tables = ["--media", "media.csv", "--commerce", "commerce.csv"];
    const label = '__proto__,"a, b",constructor';
    const demo = [
      "demo",
      ...tables,
      "--id",
      "id",
      "--label",
      label,
      "--epochs",
      "1",
      "--out",
      "run",
    ];
    const trained = await moongate(demo, folder.path);
    expect(trained).toMatchObject({ status: 0, stderr: "" });
    for (const name of LABELS) expect(trained.stdout).toContain(name);

    const result = JSON.parse(readFileSync(join(folder.path, "run", "result.json"), "utf8")) as {
      readonly labels: readonly string[];
      readonly auc: object;
    };
    expect(result.labels).toEqual(LABELS);
    expect(Object.keys(result.auc)).toEqual(LABELS);

    const predict = ["predict", "--run", "run", ...tables, "--out", "scores.csv"];
    expect(await moongate(predict, folder.path)).toMatchObject({ status: 0, stderr: "" });
    const [header] = readFileSync(join(folder.path, "scores.csv"), "utf8").split("\n");
    expect(header).toContain("score___proto__");
    expect(header).toContain('"score_a, b"');
  });
});
