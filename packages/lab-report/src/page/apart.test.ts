import { describe, expect, it } from "vitest";
import type { UnitResult } from "@moongate/lab";
import { tableReports } from "../report.ts";
import { makeResults, TABLES } from "../results.fixture.ts";
import { attacksSection } from "./attacks.ts";
import { frontierSection } from "./frontier.ts";

const one = makeResults(TABLES.slice(0, 1));
const pageOf = (results: readonly UnitResult[]): string =>
  frontierSection(tableReports(results, {})).text;
const wordsOf = (page: string): string => page.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

/** The made-up grid with the undefended split's test AUC changed by the seed's number. */
const withSplit = (change: (seed: number) => number): UnitResult[] =>
  one.map((result) => {
    const { unit, test } = result;
    if (unit.protocol !== "split" || unit.defence !== undefined || test === undefined)
      return result;
    return { ...result, test: { ...test, auc: test.auc + change(Number(unit.seed.at(-1))) } };
  });

describe("why split lies below pooled", () => {
  it("stands below the charts, with the paired difference by hand, and is linked from its row", () => {
    const results = withSplit((seed) => (seed % 2 === 0 ? -0.03 : 0.005));
    const aucs = (protocol: string): number[] =>
      results
        .filter(({ unit }) => unit.protocol === protocol && unit.model === "sine")
        .filter(({ unit }) => unit.defence === undefined)
        .map(({ test }) => test?.auc ?? Number.NaN);
    const [split, pooled] = [aucs("split"), aucs("pooled")];
    const sum = (values: readonly number[]): number =>
      values.reduce((all, value) => all + value, 0);
    const mean = (sum(split) - sum(pooled)) / pooled.length;
    const page = pageOf(results);
    const words = wordsOf(page);
    expect(words).toContain("Why split and pooled differ.");
    expect(words).toContain("begin from different random weights");
    expect(words).toContain(`the luck of two starts: −${Math.abs(mean).toFixed(4)} (95% interval`);
    expect(words).toContain("which these seeds do not tell from 0");
    expect(page).toMatch(
      /split <small>sine<\/small><small class="below"><a href="#starts-synthetic">/,
    );
    expect(page).toContain('id="starts-synthetic"');
  });

  it("says so where the seeds do tell the two apart", () => {
    expect(wordsOf(pageOf(withSplit(() => -0.03)))).toContain("which these seeds do tell from 0");
  });
});

describe("what may be told apart", () => {
  it("is said of every comparison that a reader looks for", () => {
    const words = wordsOf(pageOf(withSplit((seed) => (seed % 2 === 0 ? -0.03 : 0.005))));
    expect(words).toContain("what 5 paired seeds may tell apart");
    expect(words).toMatch(/split, sine − pooled, sine −0\.0\d+ −0\.0\d+ to \+0\.0\d+ no /);
    expect(words).toMatch(
      /masked, sine − commerce alone, sine \+0\.0\d+ \+0\.0\d+ to \+0\.0\d+ yes /,
    );
    expect(words).toMatch(/masked, ε = 8, logistic − commerce alone/);
    expect(words).toMatch(/A difference of test AUC below about 0\.0\d\d is mostly not told/);
    expect(words).toMatch(/Of 15 defended splits, \d+ differs? visibly/);
  });

  it("is nothing with one seed, which is said", () => {
    const words = wordsOf(pageOf(makeResults(TABLES.slice(0, 1), 1)));
    expect(words).toContain("what 1 paired seed may tell apart");
    expect(words).toContain("one seed tells nothing");
    expect(words).not.toMatch(/undefined|NaN/);
  });
});

describe("the key", () => {
  it("stands by the charts of its table, with numbers and the mark of the axis floor", () => {
    // One defence goes far below the axis.
    const page = pageOf(
      one.map((result) => {
        if (result.unit.defence?.title !== "Marvell, s = 4" || !result.test) return result;
        return { ...result, test: { ...result.test, auc: result.test.auc - 0.15 } };
      }),
    );
    const [before = "", after = ""] = page.split('<div class="charts">');
    expect(before.slice(before.indexOf("<h3>"))).toContain("split, undefended");
    expect(wordsOf(before)).toContain("test AUC below the axis, its value beside it");
    expect(wordsOf(after.slice(0, after.indexOf("<table")))).toMatch(/ 1 .*\bMarvell, s = 4, sine/);
    expect(after).toMatch(/>\d+: 0\.5\d\d</);
  });
});

describe("every attack", () => {
  it("on labels has its true-positive rates, as those on membership", () => {
    const words = wordsOf(attacksSection(tableReports(one, {})).text);
    const row = words.slice(words.indexOf("norm Gradient norm by media"));
    expect(row).toMatch(/^norm Gradient norm by media 0\.9\d\d [^%]*TPR 9\d[.\d]*% at 1% FPR, 8\d/);
  });

  it("stands with its paper, one click from its row", () => {
    const page = attacksSection(tableReports(one, {})).text;
    expect(page).toContain('<a href="#from-norm">');
    expect(wordsOf(page)).toMatch(/norm Li et al\., Label Leakage .* ICLR 2022, arXiv 2102\.08504/);
    for (const [, id = ""] of page.matchAll(/href="#(from-[^"]+)"/g)) {
      expect(page).toContain(`<div id="${id}">`);
    }
  });
});
