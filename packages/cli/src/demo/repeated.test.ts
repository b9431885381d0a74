import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeConfig } from "../config/write.ts";
import { coordinatorConfig, partyConfigs, planChoices, type PlanOptions } from "./configs.ts";
import { repeatedOptions } from "./repeated.ts";
import type { DemoTables } from "./tables.ts";

const KEPT = {
  format: "moongate-noise-key",
  version: 1,
  key: "ab".repeat(32),
  covered: { plan: "0".repeat(64), rows: "1".repeat(64), columns: "2".repeat(64) },
  sent: "",
};
const FINGERPRINT = "ab".repeat(32);
const fingerprints = { coordinator: FINGERPRINT, media: FINGERPRINT, commerce: FINGERPRINT };
const plan = {
  seed: "spring",
  protocol: "split",
  model: "relu",
  hidden: 5,
  epochs: 3,
  defence: { labels: { kind: "randomised-response", epsilon: 2 } },
} as const satisfies PlanOptions;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-repeated-"));
});
afterAll(() => rm(folder, { recursive: true }));

const planned = (options: PlanOptions) => ({ ...options, choices: planChoices(options) });

describe("the options of a repeated run", () => {
  let run = "";
  let tables: DemoTables;
  const runOf = async (options: PlanOptions): Promise<void> => {
    const { media, commerce } = partyConfigs(7443, fingerprints, tables, planned(options));
    const configs = { coordinator: coordinatorConfig(fingerprints), media, commerce };
    for (const role of ["coordinator", "media", "commerce"] as const) {
      await writeConfig(run, role, configs[role]);
    }
  };
  beforeEach(async () => {
    run = await mkdtemp(join(folder, "run-"));
    const table = { id: "user_id", numbers: "ranks", local: "raw" } as const;
    const [media, commerce] = [join(folder, "media.csv"), join(folder, "commerce.csv")];
    tables = {
      media: { ...table, file: media, rows: 500, exclude: [], objective: ["clicked"] },
      commerce: { ...table, file: commerce, exclude: ["other"], objective: [] },
      labels: ["bought"],
    };
    await runOf(plan);
    for (const role of ["media", "commerce"]) {
      await mkdir(join(run, role));
      await writeFile(join(run, role, "noise.key"), JSON.stringify(KEPT));
    }
  });

  it("are its own tables and plan, and make the same configurations again", async () => {
    const options = await repeatedOptions(run, { repeat: run, out: "elsewhere", budget: 5 });
    expect(options).toMatchObject({ seed: "spring", out: "elsewhere", budget: 5, tables });
    const again = partyConfigs(7443, fingerprints, options.tables ?? tables, planned(options));
    expect(again.commerce).toMatchObject({
      plan: { seed: "spring", protocol: "split", defence: plan.defence },
      data: tables.commerce,
      labels: ["bought"],
      noiseKey: join(run, "commerce", "noise.key"),
    });
    expect(again.commerce).toMatchObject({
      plan: { model: { kind: "relu", hidden: 5, epochs: 3 } },
    });
    expect(again.media).toMatchObject({
      data: tables.media,
      accept: { protocols: ["split"] },
      noiseKey: join(run, "media", "noise.key"),
    });
  });

  it.each([
    ["seed", { seed: "spring" }],
    ["batch-size", { batchSize: 64 }],
    ["protocol", { protocol: "split" }],
    ["local", { local: "raw" }],
    ["label", { label: ["bought"] }],
  ] as const)("are not joined by --%s", async (option, given) => {
    await expect(repeatedOptions(run, { repeat: run, ...given })).rejects.toMatchObject({
      code: "USAGE",
      message: `--repeat takes all of ${run}, and --${option} is part of it`,
    });
  });

  it("are not those of a masked run, an unfinished one, or no run", async () => {
    await rm(join(run, "commerce", "noise.key"));
    await expect(repeatedOptions(run, {})).rejects.toThrow("noise.key cannot be read");
    await runOf({ seed: "1" });
    await expect(repeatedOptions(run, {})).rejects.toThrow("a masked run");
    const none = join(folder, "none");
    await expect(repeatedOptions(none, {})).rejects.toMatchObject({ code: "FILE_MISSING" });
  });
});
