import { join } from "node:path";
import { type LabelAuc, resultSchema } from "@moongate/results";
import { describe, expect, it } from "vitest";
import { freshFolder } from "./support/folder.ts";
import { moongate } from "./support/moongate.ts";

const SEEDS = ["1", "2", "3", "4", "5"];
const LABELS = ["store_order", "live_order", "content_visit"];

/** The masked network against the same network in floating point on pooled data, three labels at once. */
describe("the demo on the synthetic population", { timeout: 300_000 }, () => {
  const folder = freshFolder();

  it("is as accurate under masks as in the clear, over five seeds", async () => {
    const runs: Record<string, LabelAuc>[] = [];
    for (const seed of SEEDS) {
      // Noise on scores apart: it is not the protocol's error, and has its own measurements.
      const run = ["--rows", "12000", "--epochs", "5", "--seed", seed, "--score-noise", "0"];
      const ended = await moongate(
        ["demo", ...run, "--out", join(folder.path, seed), "--json"],
        folder.path,
      );
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      const { auc } = resultSchema.parse(JSON.parse(ended.stdout));
      for (const label of LABELS) {
        const { federated, pooled } = auc[label] as LabelAuc;
        const apart = Math.abs((federated ?? Number.NaN) - (pooled ?? Number.NaN));
        expect(apart, `${label}, seed ${seed}`).toBeLessThan(0.002);
      }
      runs.push(auc);
    }
    const mean = (pick: (auc: LabelAuc) => number, label: string): number =>
      runs.reduce((sum, auc) => sum + pick(auc[label] as LabelAuc), 0) / runs.length;
    for (const label of LABELS) {
      const federated = mean((auc) => auc.federated ?? Number.NaN, label);
      expect(federated).toBeGreaterThan(mean((auc) => auc.commerceOnly ?? NaN, label) + 0.02);
      expect(federated).toBeLessThan(mean((auc) => auc.best ?? Number.NaN, label));
    }
  });
});
