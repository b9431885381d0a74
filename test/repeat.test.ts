import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { freshFolder } from "./support/folder.ts";
import { type Ended, killLeftovers, moongate } from "./support/moongate.ts";

const DEFENDED = [
  ...["--protocol", "split", "--model", "relu", "--epochs", "2", "--batch-size", "128"],
  ...["--defence", "rr:2", "--defence", "gaussian:1:0.5", "--defence", "noise:2:0.5"],
  ...["--rows", "2000", "--label", "store_order", "--local", "raw"],
];

describe("moongate demo --repeat", { timeout: 240_000 }, () => {
  const folder = freshFolder();
  afterEach(killLeftovers);
  const at = (...path: string[]): string => join(folder.path, ...path);
  const demo = (out: string, ...options: string[]): Promise<Ended> =>
    moongate(["demo", "--json", ...options, "--out", at(out)], folder.path);
  const scores = (run: string): string => readFileSync(at(run, "commerce", "scores.csv"), "utf8");
  const key = (run: string, role: string): Record<string, unknown> =>
    JSON.parse(readFileSync(at(run, role, "noise.key"), "utf8")) as Record<string, unknown>;

  it("gives a defended run's scores again byte for byte, which its options do not", async () => {
    for (const [out, ...options] of [
      ["first", ...DEFENDED],
      ["again", "--repeat", at("first")],
      ["fresh", ...DEFENDED],
    ] as const) {
      expect(await demo(out, ...options), out).toMatchObject({ status: 0, stderr: "" });
    }
    expect(scores("first").split("\n").length).toBeGreaterThan(100);
    expect(scores("again")).toBe(scores("first"));
    expect(scores("fresh")).not.toBe(scores("first"));
    for (const role of ["media", "commerce"]) {
      expect(key("again", role)).toEqual(key("first", role));
      expect(key("fresh", role)["key"]).not.toBe(key("first", role)["key"]);
      expect(statSync(at("first", role, "noise.key")).mode & 0o777).toBe(0o600);
    }

    // The same key over other labels is what it must never be.
    const table = at("data", "synthetic-2000", "commerce.csv");
    writeFileSync(table, withLabelsTurned(readFileSync(table, "utf8"), "store_order"));
    const refused = await demo("other", "--repeat", at("first"));
    expect(refused).toMatchObject({ status: 65, stdout: "" });
    const { error } = JSON.parse(refused.stderr) as { error: Record<string, unknown> };
    expect(error).toMatchObject({
      code: "REPEAT_MISMATCH",
      cause: "commerce: the run of this noise key had other labels",
    });
    expect(existsSync(at("other", "commerce", "scores.csv"))).toBe(false);
  });
});

/** Every tenth row's label is another. */
function withLabelsTurned(csv: string, label: string): string {
  const [head = "", ...lines] = csv.split("\n");
  const column = head.split(",").indexOf(label);
  return [
    head,
    ...lines.map((line, row) => {
      const cells = line.split(",");
      if (row % 10 !== 0 || cells[column] === undefined) return line;
      cells[column] = /^(1|true)$/i.test(cells[column]) ? "0" : "1";
      return cells.join(",");
    }),
  ].join("\n");
}
