import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makePlan, type PlanChoices } from "@moongate/messages";
import { withNoise } from "@moongate/defences";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { syntheticTable } from "../tables/known-tables.ts";
import type { TableSpec } from "../tables/table.ts";
import { anyJobSchema, type Cell, makeAuditJob, makeJob, type Suite } from "./job.ts";
import { runJob } from "./run-job.ts";
import { type UnitResult, unitResultSchema } from "./unit.ts";

const SUITE: Suite = {
  known: [50],
  without: ["gram", "inference", "shadow-inversion", "completion-active"],
  distinguisher: 0,
  released: false,
  dishonest: false,
  models: 0,
};
const SINE = { kind: "sine", hidden: 8, epochs: 4, batchSize: 64 } as const;

describe("a unit", { timeout: 120_000 }, () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-units-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function run(
    choices: PlanChoices,
    cells: readonly Partial<Cell>[],
    more: Partial<Suite> = {},
  ): Promise<UnitResult[]> {
    const { spec, labels } = syntheticTable(1000, folder);
    const plan = makePlan("lab", labels, withNoise({ seed: "1", model: SINE, ...choices }));
    const common = {
      data: "synthetic",
      seed: "1",
      model: plan.model.kind,
      control: "none",
    } as const;
    const job = makeJob(
      spec,
      plan,
      { ...SUITE, ...more },
      cells.map((cell) => ({ ...common, protocol: plan.protocol, ...cell })),
    );
    const results = await runJob(job);
    expect(results.map(({ unit }) => unit)).toEqual(job.units);
    return results.map((result) => unitResultSchema.parse(JSON.parse(JSON.stringify(result))));
  }

  const worst = ({ attacks }: UnitResult, adversary: string): number =>
    Math.max(
      ...attacks.flatMap((attack) =>
        attack.adversary === adversary ? (attack.leak?.mean ?? []) : [],
      ),
    );
  const leakOf = ({ attacks }: UnitResult, name: string, adversary = "media") =>
    attacks.find((attack) => attack.name === name && attack.adversary === adversary)?.leak;

  it("of the floor is one for each kind of model, with what is true of the rows", async () => {
    const kinds = (["logistic", "sine", "relu"] as const).map((model) => ({
      ...{ model, protocol: "local" as const },
    }));
    const results = await run({}, kinds);
    for (const { status, test, rows, rate, best, overlap, attacks } of results) {
      expect(status).toBe("done");
      expect(test?.auc).toBeGreaterThan(0);
      expect(rows.train).toBeGreaterThan(300);
      expect(rate).toBeGreaterThan(0.05);
      expect(best).toBeGreaterThan(0.6);
      expect(overlap).toBeGreaterThan(0.6);
      expect(attacks).toEqual([]);
    }
    expect(new Set(results.map(({ test }) => test?.auc)).size).toBe(3);
  });

  it("of the undefended split leaks the labels", async () => {
    const [result] = await run({ protocol: "split" }, [{}]);
    expect(result?.status).toBe("done");
    for (const name of ["norm", "spectral"]) {
      expect(result && leakOf(result, name)?.mean).toBeGreaterThan(0.9);
    }
    expect(result?.costs?.bytes).toBeGreaterThan(10_000);
    expect(result?.dp).toBeUndefined();
    // Attacks that know labels have a control: what a supervised model makes of them.
    const averaged = result?.attacks.find(({ name }) => name === "averaged");
    expect(averaged?.known).toBe(50);
    expect(averaged?.excess).toBeGreaterThan(0.2);
  });

  it("has what a media finds that alters its own gradients, beside the honest one's", async () => {
    const [result] = await run({ protocol: "split" }, [{}], {
      dishonest: true,
      without: ["gram", "inference", "shadow-inversion"],
    });
    const active = result?.attacks.filter(({ name }) => name === "completion-active");
    expect(active).toMatchObject([{ applicable: true, adversary: "media", known: 50 }]);
  });

  it("of a label defence has its proven epsilon; of noisy gradients none", async () => {
    const labels = { kind: "randomised-response", epsilon: 1 } as const;
    const [drawn] = await run({ protocol: "split", defence: { labels } }, [{}]);
    expect(drawn?.dp).toMatchObject({ epsilon: 1, delta: 0 });
    expect(drawn && leakOf(drawn, "norm")?.mean).toBeLessThan(0.85);
    const gradient = { kind: "gaussian", clip: 1, multiplier: 1 } as const;
    const [noisy] = await run({ protocol: "split", defence: { gradient } }, [{}]);
    expect(noisy?.status).toBe("done");
    expect(noisy?.dp).toBeUndefined();
  });

  it("of a masked session is at chance; its coordinator breaks it with a party alone", async () => {
    const controls = ["none", "coordinator", "coordinator+media", "coordinator+commerce"] as const;
    const results = await run(
      { protocol: "masked" },
      controls.map((control) => ({ control })),
    );
    const [honest, alone, media, commerce] = results as [
      UnitResult,
      UnitResult,
      UnitResult,
      UnitResult,
    ];
    const found = honest.attacks.flatMap(({ leak }) => leak ?? []);
    expect(found.length).toBeGreaterThan(8);
    // Several intervals that hold together are half as wide again.
    for (const { mean, low, high } of found) {
      expect(mean - 1.5 * (mean - low)).toBeLessThanOrEqual(0.5);
      expect(mean + 1.5 * (high - mean)).toBeGreaterThanOrEqual(0.5);
    }
    const blind = leakOf(alone, "curious-coordinator", "coordinator");
    expect(blind?.mean).toBeLessThan(0.65);
    expect(leakOf(alone, "matched-set", "coordinator")?.mean).toBe(0.5);
    for (const [unit, who] of [
      [media, "coordinator+media"],
      [commerce, "coordinator+commerce"],
    ] as const) {
      expect(leakOf(unit, "matched-set", who)?.mean).toBe(1);
      expect(leakOf(unit, "collusion-features", who)?.mean).toBeGreaterThan(0.99);
    }
    expect(leakOf(media, "collusion-labels", "coordinator+media")?.mean).toBe(1);
    expect(leakOf(media, "collusion-norm", "coordinator+media")?.mean).toBeGreaterThan(0.8);
    expect(new Set(results.map(({ test }) => test?.auc)).size).toBe(1);
  });

  it("is the same again, to the last bit", async () => {
    const twice = async (choices: PlanChoices, more: Partial<Suite>) => {
      const [a, b] = [await run(choices, [{}], more), await run(choices, [{}], more)];
      const [first, second] = [a, b].map((results) =>
        results.map(({ costs, ...rest }) => {
          // Control messages say how much memory was used, in as many digits as it takes.
          const { rounds, steps } = costs ?? {};
          return { ...rest, rounds, steps };
        }),
      );
      expect(second).toEqual(first);
      expect(first?.[0]?.attacks.length).toBeGreaterThan(0);
    };
    await twice({ protocol: "masked" }, { distinguisher: 1 });
    const logistic = { kind: "logistic", epochs: 4 } as const;
    await twice({ protocol: "masked", model: logistic, dp: { epsilon: 4 } }, {});
    await twice(
      { protocol: "split", defence: { gradient: { kind: "gaussian", clip: 1, multiplier: 1 } } },
      {},
    );
  });

  it("with a released model says what that tells, beside a control that must succeed", async () => {
    const [result] = await run(
      { protocol: "masked", model: { kind: "logistic", epochs: 4 } },
      [{}],
      { released: true },
    );
    const found = result?.attacks.filter(
      ({ adversary }) => adversary === "commerce with the model",
    );
    expect(found?.map(({ name }) => name)).toEqual(["equation-solving", "generative-regression"]);
    const [solved, generated] = found ?? [];
    // One equation for many columns; where there are as many, the solution is exact.
    expect(solved).toMatchObject({
      ...{ applicable: true, control: { mean: 1 } },
      details: { equations: 1 },
    });
    expect(solved?.details?.["unknowns"]).toBeGreaterThan(10);
    expect(solved?.leak?.mean).toBeGreaterThan(0.5);
    expect(generated?.control?.mean).toBeGreaterThan(0.8);
  });

  it("with its masks off is broken, and its worlds are told apart", async () => {
    // Commerce tells worlds by steps: it takes some.
    const model = { ...SINE, epochs: 12 };
    const [result] = await run({ protocol: "masked", model }, [{ control: "masks-off" }], {
      distinguisher: 1,
      without: ["gram", "inference", "completion-active"],
    });
    expect(result && worst(result, "media")).toBeGreaterThan(0.95);
    expect(result && leakOf(result, "opened-columns", "commerce")?.mean).toBe(1);
    for (const party of ["media", "commerce"]) {
      expect(result && leakOf(result, "distinguisher", party)?.mean).toBeGreaterThan(0.9);
    }
    // The controls of what finds nothing under masks.
    expect(result && leakOf(result, "residue")?.mean).toBeGreaterThan(0.8);
    expect(result && leakOf(result, "shadow-inversion", "commerce")?.mean).toBeGreaterThan(0.8);
  });

  it("of a noisy model says its epsilon, against whom and per what", async () => {
    const [result] = await run(
      { protocol: "masked", model: { kind: "logistic", epochs: 4 }, dp: { epsilon: 4 } },
      [{ epsilon: 4 }],
      { models: 4 },
    );
    expect(result?.dp).toMatchObject({ epsilon: 4, delta: 1e-6 });
    const members = result && leakOf(result, "lira", "outsider");
    expect(members?.mean).toBeLessThan(0.6);
    // The attack finds the rows of models that know them by heart, so that this says something.
    const lira = result?.attacks.find(({ name }) => name === "lira");
    expect(lira?.control?.mean).toBeGreaterThan(0.85);
    expect(result?.dp?.claim).toContain("one joint user");
  });

  it("of an audit has bounds on its claim, and no model", async () => {
    const choices = { model: { kind: "logistic", epochs: 2 }, dp: { epsilon: 8 } } as const;
    const plan = makePlan("lab", ["y"], withNoise({ protocol: "masked", ...choices }));
    const job = makeAuditJob(plan, { trainings: 60, controls: 40 });
    const results = await runJob(anyJobSchema.parse(JSON.parse(JSON.stringify(job))));
    expect(results.map((result) => unitResultSchema.parse(result))).toEqual(results);
    expect(results).toMatchObject([
      {
        unit: { data: "canary", control: "canary", epsilon: 8 },
        ...{ status: "done", attacks: [], audit: { trainings: 60, controls: { none: {} } } },
      },
    ]);
    expect(results[0]?.test).toBeUndefined();
    expect(results[0]?.audit?.controls.none.gaussianAtLeast).toBeGreaterThan(5);
  });

  it("that diverges or fails is a result", async () => {
    const [diverged] = await run(
      { protocol: "split", model: { ...SINE, kind: "relu", learningRate: 8, epochs: 40 } },
      [{}],
    );
    expect(diverged).toMatchObject({ status: "diverged", error: { code: "SATURATION" } });
    const { labels } = syntheticTable(1000, folder);
    const table: TableSpec = {
      ...{ kind: "files", name: "none", media: "no.csv", commerce: "no.csv", id: "id" },
      ...{ labels: [...labels], digest: "" },
    };
    const cell: Cell = {
      ...{ data: "none", seed: "1", protocol: "split", model: "sine", control: "none" },
    };
    const [failed] = await runJob(makeJob(table, makePlan("lab", labels), SUITE, [cell]));
    expect(failed).toMatchObject({ status: "failed", error: { code: "FILE_MISSING" } });
  });
});
