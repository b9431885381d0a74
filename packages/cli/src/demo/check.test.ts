import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runHere } from "../testing/run-here.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-check-"));
});
afterAll(() => rm(folder, { recursive: true }));

describe("options of the demo that cannot become a session", () => {
  it.each([
    ["a defence under masks", ["--defence", "max-norm"], 64, "USAGE: the plan"],
    ["ReLU units under masks", ["--model", "relu"], 64, "use sine"],
    ["masks' noise in a split session", ["--protocol", "split", "--epsilon", "4"], 64, '"dp"'],
    ["a part of a repeated run", ["--repeat", "before"], 64, "--rows is part of it"],
  ])("are refused before anything is written: %s", async (_, options, status, words) => {
    const args = ["demo", ...options, "--rows", "10", "--out", join(folder, "run")];
    expect(await runHere(args)).toMatchObject({
      status,
      err: expect.stringContaining(words) as string,
    });
    expect(await readdir(folder)).toEqual([]);
  });
});
