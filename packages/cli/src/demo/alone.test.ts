import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aloneSchema } from "@moongate/results";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { aloneSummary } from "../summary/alone.ts";
import { runHere } from "../testing/run-here.ts";
import { resultFixture } from "../testing/result-fixture.ts";

describe("a demo without a session", () => {
  it.each([
    ["--record", []],
    ["--defence", ["max-norm"]],
    ["--corrupt", ["coordinator"]],
    ["--epsilon", ["4"]],
    ["--budget", ["5000"]],
    ["--click-cost", ["0.8"]],
    ["--conversion-value", ["25"]],
  ])("has no use for %s", async (option, values) => {
    const folder = await mkdtemp(join(tmpdir(), "moongate-alone-"));
    const out = join(folder, "run");
    const args = ["demo", "--protocol", "pooled", option, ...values, "--out", out];
    expect(await runHere(args)).toMatchObject({
      status: 64,
      err: expect.stringContaining(`${option} is of sessions`) as string,
    });
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it("is summed up with the tables of sessions, and says that nothing crossed", () => {
    const { model, seed, rows, width, labels, models, engine, environment } = resultFixture;
    const document = aloneSchema.parse({
      format: "moongate-alone",
      version: 2,
      protocol: "local",
      ...{ model, seed, rows, width, labels, engine, environment },
      models: models.filter(({ who }) => who === "commerce"),
      best: { store_order: 0.8 },
      seconds: 2.5,
      peakBytes: 200_000_000,
      runDirectory: "runs/alone",
    });
    const text = aloneSummary(document, picocolors.createColors(false));
    expect(text).toMatch(/^logistic model, commerce alone, no session, seed 7/);
    expect(text).toMatch(/store_order +0\.\d{4} +0\.8000/);
    expect(text).toContain("Nothing has left commerce.");
    expect(text).not.toMatch(/undefined|NaN|federated|pooled/);
  });
});
