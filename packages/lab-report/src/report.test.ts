import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type UnitResult, unitResultSchema } from "@moongate/lab";
import { page } from "./page/page.ts";
import { type ReportOptions, tableReports } from "./report.ts";
import { makeAudits, makeResults } from "./results.fixture.ts";
import { writeReport } from "./write-report.ts";

const T_4 = 2.776445105;
const results = makeResults();
const [first] = results;
const isRun = (result: UnitResult): boolean => result.unit.data === "synthetic";

const options: Omit<ReportOptions, "folder"> = {
  command: "npm run bench:privacy -- --quick",
  generated: new Date(Date.UTC(2026, 0, 2, 3, 4, 5)),
  environment: { "Node.js": "20.19.0" },
  notTried: ["Active model completion <in full>."],
  tables: { synthetic: "A made-up population." },
};
const render = (given: readonly UnitResult[], more: Partial<ReportOptions> = {}): string => {
  const all = { ...options, folder: "", ...more };
  return page(tableReports(given, all), all);
};
/** The words of a page, one space between them. */
const wordsOf = (html: string): string =>
  html
    .replace(/<style>[^]*<\/style>/, "")
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replaceAll(/\s+/g, " ");

describe("the made-up results", () => {
  it("are units as the grid writes them", () => {
    const all = [...results, ...makeAudits()];
    expect(() => all.map((result) => unitResultSchema.parse(result))).not.toThrow();
  });
});

describe("report.html", () => {
  const html = render(results);
  const words = wordsOf(html);

  it("has every section", () => {
    for (const id of [
      "frontier",
      "epsilon",
      "attacks",
      "costs",
      "business",
      "joining",
      "limits",
      "lost",
      "again",
    ]) {
      expect(html).toContain(`<h2 id="${id}">`);
    }
    expect(words).toContain("selected on validation rows and are plotted with their test AUC");
    expect(words).toContain("npm run bench:privacy -- --quick");
    expect(words).toContain("2026-01-02T03:04:05Z");
    expect(words).toContain("Active model completion <in full>.");
    expect(words).toContain("A made-up population.");
    expect(words).not.toMatch(/undefined|NaN|\[object|Infinity/);
  });

  it("asks nobody for anything: no address, no script, closed by its policy", () => {
    expect(html).not.toMatch(/https?:|src=|@import|url\(|<script|<iframe| on[a-z]+=/);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, to]) => to)).toSatisfy((all: string[]) =>
      all.every((to) => to === "data:," || to.startsWith("#")),
    );
    expect(html).toContain("default-src &#39;none&#39;".replaceAll("&#39;", "'"));
  });

  it("says in its headline what masked costs, by hand from the paired seeds", () => {
    const auc = (protocol: string): Map<string, number> =>
      new Map(
        results
          .filter(isRun)
          .filter(({ unit }) => unit.protocol === protocol && unit.model === "sine")
          .filter(({ unit }) => unit.control === "none" && unit.defence === undefined)
          .map(({ unit, test }) => [unit.seed, test?.auc ?? NaN]),
      );
    const [masked, pooled] = [auc("masked"), auc("pooled")];
    const costs = [...pooled].map(([seed, value]) => (masked.get(seed) ?? NaN) - value);
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / 5;
    const deviation = Math.sqrt(costs.reduce((sum, cost) => sum + (cost - mean) ** 2, 0) / 4);
    const reach = (T_4 * deviation) / Math.sqrt(5);
    // The interval has 0 in it: no cost is shown, and no gain.
    expect(mean - reach).toBeLessThan(0);
    expect(mean + reach).toBeGreaterThan(0);
    const most = Math.max(reach - mean, reach + mean).toFixed(4);
    const said = (value: number): string =>
      value > 0 ? `+${value.toFixed(4)}` : value.toFixed(4).replace("-", "\u2212");
    expect(words).toContain(
      `masked training is within ${most} of pooling the tables in test AUC: ${said(mean)} ` +
        `(95% interval ${said(mean - reach)} to ${said(mean + reach)})`,
    );
    expect(words).toContain("sine model, 5 paired seeds");
  });

  it("says in its headline what masked costs where it surely costs something", () => {
    const worse = results.filter(isRun).map((result) => {
      const { unit, test } = result;
      if (unit.protocol !== "masked" || test === undefined) return result;
      return { ...result, test: { ...test, auc: test.auc - 0.01 } };
    });
    expect(wordsOf(render(worse))).toMatch(
      /masked training costs 0\.01\d\d \(95% interval 0\.00\d\d to 0\.01\d\d\) of test AUC against pooling/,
    );
  });

  it.each([
    [0.56, true],
    [0.5, false],
  ])("says in its headline what a released model tells of members, if anything: %s", (at, said) => {
    const lira = results.filter(isRun).map((result) => {
      const { unit } = result;
      if (unit.protocol !== "masked" || unit.control !== "none") return result;
      const mean = at + 0.01 * ((Number(unit.seed.slice(-1)) % 3) - 1);
      const attack = {
        ...{ name: "lira", title: "LiRA", adversary: "outsider", target: "membership" as const },
        applicable: true,
        leak: { mean, q95: mean, max: mean, low: mean, high: mean, error: 0.01, freedom: 500 },
        control: { mean: 0.95, error: 0.01, freedom: 20 },
        details: { "tpr 0.1%": 0.003, "tpr 1%": 0.02 },
      };
      return { ...result, attacks: [...result.attacks, attack] };
    });
    const found = wordsOf(render(lira));
    const sentence = "A released model still tells something of who was trained on";
    expect(found.includes(sentence)).toBe(said);
    expect(found).toContain("TPR 2.0% at 1% FPR, 0.3% at 0.1%");
    expect(found).toContain(`${said ? "leaks" : "at chance"} TPR 2.0%`);
  });

  it("shows what audits prove beside the proof, and what exactly that is", () => {
    const found = wordsOf(render([...results, ...makeAudits()]));
    expect(found).toContain("1,000 small models");
    expect(found).toContain("two tables that differ in one user, who is replaced by another");
    expect(found).toContain("with 95% confidence");
    // Of ε = 8: both bounds, and both controls above the claim.
    expect(found).toContain("3.20 whatever the noise: 0.96 controls found");
    // Of ε = 1 the audit misses a control: nothing that it found is shown, in table or chart.
    expect(found).toContain("no power it misses its controls");
    expect(found).not.toContain("0.00 whatever the noise");
    const page = render([...results.filter(isRun), ...makeAudits()]);
    expect([...page.matchAll(/class="c-masked c-bound"/g)]).toHaveLength(2 + 1);
    expect(found).not.toContain("claim refuted");
    expect(words).toContain("No claim was audited.");
    const [audit] = makeAudits([8]);
    if (audit?.audit === undefined) throw new Error("no audit");
    const refuted = { ...audit, audit: { ...audit.audit, gaussianAtLeast: 9 } };
    expect(wordsOf(render([...results, refuted]))).toContain("claim refuted");
  });

  it("says in its headline what undefended split leaks at worst", () => {
    const means = new Map<string, number[]>();
    for (const { unit, attacks } of results.filter(isRun)) {
      if (unit.protocol !== "split" || unit.model !== "sine" || unit.defence) continue;
      for (const { name, adversary, leak } of attacks) {
        if (adversary === "media" && leak) means.set(name, [...(means.get(name) ?? []), leak.mean]);
      }
    }
    const worst = Math.max(...[...means.values()].map((all) => all.reduce((a, b) => a + b) / 5));
    expect(words).toContain(`undefended split learning leaks labels at ${worst.toFixed(3)}`);
  });

  it("tells weak attacks from those that work", () => {
    const rows = [...html.matchAll(/<tr role="row"><th role="rowheader"[^]*?<\/tr>/g)].map(
      ([row]) => wordsOf(row),
    );
    const row = (start: RegExp): string => rows.find((each) => start.test(each)) ?? "";
    expect(row(/^ residue Residue of revealed sums/)).toContain("attack too weak");
    expect(row(/^ norm Gradient norm/)).toMatch(/broken .* broken .* at chance/);
    expect(row(/^ unmask Masks taken off by coordinator with media/)).toContain("broken");
    expect(row(/^ equation-solving Equation solving/)).toContain("not applicable");
  });

  it("says in words what every verdict means, and what each proof protects once", () => {
    for (const verdict of ["broken", "leaks", "at chance", "undecided", "attack too weak"]) {
      expect(html).toMatch(new RegExp(`<dt><span class="verdict [a-z-]+">${verdict}</span></dt>`));
    }
    const claims = [...html.matchAll(/<div id="(proof-[12]-[ab])"><dt>[ab]<\/dt><dd>([^<]+)/g)];
    expect(claims.map(([, , claim]) => claim)).toEqual(
      [1, 2].flatMap(() => [
        "one user&#39;s label against media",
        "one user&#39;s row and label against who holds the released model and scores",
      ]),
    );
    for (const [, id = ""] of claims) expect(html).toContain(`href="#${id}"`);
  });

  it("has a chance-anchored score for what stands against media, by hand for masked", () => {
    const cells = [...html.matchAll(/data-of="defence score"[^>]*><span>(.*?)<\/td>/g)].map(
      ([, cell = ""]) => Number(wordsOf(cell)),
    );
    const scores = cells.filter((score) => Number.isFinite(score));
    expect(scores.length).toBeGreaterThan(20);
    for (const score of scores) {
      expect(score).toBeGreaterThan(0.7);
      expect(score).toBeLessThanOrEqual(1);
    }
    const row = /masked <small>sine[^]*?<\/tr>/.exec(html)?.[0] ?? "";
    const [, leak] =
      /data-of="leak, media"[^>]*><span><span class="figure">([\d.]+)/.exec(row) ?? [];
    const means = (protocol: string): number => {
      const units = results.filter(isRun).filter(({ unit }) => unit.protocol === protocol);
      const own = units.filter(
        ({ unit }) => unit.model === "sine" && unit.control === "none" && !unit.defence,
      );
      return own.reduce((sum, { test }) => sum + (test?.auc ?? NaN), 0) / own.length;
    };
    const lost = Math.max(0, means("split") - means("masked"));
    const gained = Math.max(0, Number(leak) - 0.5);
    const expected = 1 / (1 + Math.sqrt(0.5 * gained ** 2 + 0.5 * lost ** 2));
    const [, said] =
      /data-of="defence score"[^>]*><span><span class="figure">([\d.]+)/.exec(row) ?? [];
    expect(Number(said)).toBeCloseTo(expected, 2);
  });

  it("computes seconds over networks", () => {
    const row = wordsOf(
      /<tr role="row"><th role="rowheader" scope="row">masked, sine<[^]*?<\/tr>/.exec(html)?.[0] ??
        "",
    );
    const runs = results.filter(isRun).filter(({ unit }) => unit.id.endsWith("masked_sine___none"));
    const seconds = runs.reduce((sum, { costs }) => sum + (costs?.seconds ?? 0), 0) / runs.length;
    expect(runs).toHaveLength(5);
    expect(row).toContain(` ${(seconds + 1500 * 0.0005 + (8 * 200e6) / 1e9).toFixed(1)} s `);
    expect(row).toContain(` ${(seconds + 1500 * 0.02 + (8 * 200e6) / 100e6).toFixed(1)} s `);
  });

  it("gives every chart a name and words for what it shows", () => {
    const charts = [
      ...html.matchAll(/<svg viewBox="[^"]*" class="chart" role="img" aria-label="([^"]*)"/g),
    ];
    expect(charts).toHaveLength(12);
    for (const [, label = ""] of charts) expect(label).toMatch(/: test AUC .*\d\.\d{4}/);
  });

  it("asks whether joining is worth it, on every table", () => {
    const dear = render(results, { campaign: { conversionValue: 40 } });
    expect([...dear.matchAll(/class="card joining yes"/g)]).toHaveLength(2);
    expect([...html.matchAll(/class="card joining/g)]).toHaveLength(2);
    expect(words).toContain("the money is an upper bound");
    const none = makeResults([{ data: "useless", floor: 0.8, ceiling: 0.8, rate: 0.1 }]);
    expect(wordsOf(render(none))).toContain("No: joining is not shown to help");
    expect(wordsOf(render(none, { campaign: { budget: 123_456 } }))).toContain(
      "a budget of 123,456",
    );
  });
});

describe("a grid that is not whole", () => {
  it("lists what diverged and failed, and keeps it out of the means", () => {
    const lost: UnitResult[] = results.slice(0, 3).map((result, index) => ({
      ...result,
      status: index === 0 ? "diverged" : "failed",
      error: { code: "SATURATION", cause: `step ${index} left the range` },
      ...(index === 0 && result.test ? { test: { ...result.test, auc: 0.1 } } : {}),
    }));
    const words = wordsOf(render([...lost, ...results.slice(3)]));
    expect(words).toContain(`3 of ${results.length} units did not finish`);
    expect(words).toMatch(/commerce alone, sine synthetic seed-1 diverged SATURATION: step 0/);
    expect(words).toContain("failed SATURATION: step 2 left the range");
    expect(words).not.toMatch(/0\.1000/);
  });

  it.each<[string, readonly UnitResult[]]>([
    ["nothing", []],
    ["one unit", first === undefined ? [] : [first]],
    ["one seed", makeResults(undefined, 1)],
    ["no masked run", results.filter(({ unit }) => unit.protocol !== "masked")],
    ["nothing but masked", results.filter(({ unit }) => unit.protocol === "masked")],
    ["no attack", results.map((result) => ({ ...result, attacks: [] }))],
    ["units without costs", results.map(({ costs: _, ...result }) => result)],
    ["failures alone", results.map((result) => ({ ...result, status: "failed" as const }))],
  ])("is reported as far as it goes: %s", (_name, given) => {
    expect(wordsOf(render(given))).not.toMatch(/undefined|NaN|\[object|Infinity/);
  });
});

describe("the files", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-report-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it("are the page, the figures as drawings and pictures, and the results", async () => {
    const one = results.filter(isRun);
    const written = await writeReport(one, { ...options, folder: join(folder, "new/report") });
    expect((await readdir(join(folder, "new/report"))).sort()).toEqual(written.toSorted());
    expect(written).toEqual(
      expect.arrayContaining([
        "report.html",
        "results.csv",
        "epsilon.svg",
        "frontier-media.png",
        "frontier-coordinator-media.svg",
      ]),
    );
    const at = (name: string): string => join(folder, "new/report", name);
    const drawing = await readFile(at("frontier-media.svg"), "utf8");
    const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(drawing) ?? [];
    const picture = await readFile(at("frontier-media.png"));
    expect(picture.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect(picture.readUInt32BE(16)).toBe(2 * Number(width));
    expect(picture.readUInt32BE(20)).toBe(2 * Number(height));
    const lines = (await readFile(at("results.csv"), "utf8")).split("\r\n");
    expect(lines).toHaveLength(one.length + 2);
  });
});
