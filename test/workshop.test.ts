import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { lineUp } from "../packages/workshop/src/chapters/safe/lineup.ts";
import { DEFAULT_PLAN } from "../packages/workshop/src/session/plan.ts";
import { sessionHere } from "../packages/workshop/src/session/session-here.fixture.ts";
import { jointModel } from "../packages/workshop/src/session/weights.ts";
import { Browser, findChromium } from "./support/browser.ts";
import { testLessons, testTrainings } from "./support/workshop-lessons.ts";

const chromium = findChromium();
const because = chromium === undefined ? " (skipped: no Chromium is on the path)" : "";
const CHAPTERS = ["overlap", "safe", "fences", "joining", "mask", "product", "sine", "federation"];

describe.skipIf(chromium === undefined)(`the workshop page, opened from disk${because}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "moongate-workshop-"));
  let file = "";
  let browser: Browser;

  beforeAll(async () => {
    const script = join(import.meta.dirname, "../packages/workshop/scripts/build.js");
    const { status, stderr } = spawnSync(process.execPath, [script, folder]);
    expect(String(stderr) + String(status)).toMatch(/0$/);
    file = join(folder, "one-file", "moongate-workshop.html");
    browser = await Browser.open(chromium ?? "");
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
    expect(browser.complaints).toEqual([]);
    for (const url of browser.requests) expect(url).toMatch(/^(file|data|blob|about):/);
  });

  const open = async (chapter: string, language = "en", width = 1280): Promise<void> => {
    await browser.send("Emulation.setDeviceMetricsOverride", {
      ...{ width, height: 900, deviceScaleFactor: 1, mobile: width < 500 },
    });
    await browser.goTo("about:blank");
    await browser.goTo(`${pathToFileURL(file).href}#chapter=${chapter}&lang=${language}`);
  };
  const click = async (selector: string): Promise<void> => {
    const found = await browser.evaluate(
      `(() => { const e = document.querySelector(${JSON.stringify(selector)});
        if (e === null || e.disabled) return false; e.click(); return true; })()`,
    );
    expect(found, selector).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 60));
  };
  const guess = async (choice: number): Promise<void> => {
    await click(`fieldset label:nth-of-type(${choice}) input`);
    await click("fieldset button.main");
  };
  const choose = async (selector: string, value: string): Promise<void> => {
    await browser.evaluate(
      `(() => { const s = document.querySelector(${JSON.stringify(selector)});
        s.value = ${JSON.stringify(value)};
        s.dispatchEvent(new Event("change", { bubbles: true })); })()`,
    );
  };
  const textOf = async (selector: string): Promise<string> =>
    String(
      await browser.evaluate(
        `document.querySelector(${JSON.stringify(selector)})?.textContent ?? ""`,
      ),
    );
  const until = async (selector: string, pattern: RegExp): Promise<string> => {
    for (let waited = 0; waited < 600; waited++) {
      const text = await textOf(selector);
      if (pattern.test(text)) return text;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`${selector} never showed ${pattern.source}: ${await textOf("main")}`);
  };

  it("is one file of at most 6 MB", () => {
    expect(statSync(file).size).toBeLessThan(6e6);
  });

  it("keeps the experiment closed until a guess is locked in", async () => {
    await open("mask");
    expect(await textOf(".closed")).toMatch(/Lock in a guess first/);
    await guess(2);
    expect(await textOf(".closed")).toBe("");
    expect(String(await browser.evaluate("location.hash"))).toContain("guess=1");
  });

  it("cracks plain hashes and not keyed tags", async () => {
    await open("overlap");
    await guess(1);
    await click(".overlap > button:nth-of-type(1)");
    await until("[data-plain]", /^100,000 .* 6 of 6 found/);
    await click(".overlap > button:nth-of-type(2)");
    expect((await until("[data-shared]", /\d/)).split(", ").sort()).toEqual([
      "13800114142",
      "13800157721",
      "13800169314",
    ]);
    await click(".overlap > button:nth-of-type(3)");
    await until("[data-keyed]", /^100,000 .* 0 of 70 /);
    await until(".happened", /You guessed: Yes: a hash cannot be turned back/);
  });

  const set = async (selector: string, value: number | string): Promise<void> => {
    const found = await browser.evaluate(
      `(() => { const e = document.querySelector(${JSON.stringify(selector)});
        if (e === null) return false; e.value = ${JSON.stringify(value)};
        for (const kind of ["input", "change"]) e.dispatchEvent(new Event(kind, { bubbles: true }));
        return true; })()`,
    );
    expect(found, selector).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 60));
  };
  const all = async (selector: string): Promise<string[]> =>
    (await browser.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map((e) => e.textContent)`,
    )) as string[];
  const page = { open, click, guess, textOf, until, set, all };
  testLessons(page);
  testTrainings(page);

  it("trains a masked model to the very weights that Node trains", async () => {
    await open("federation");
    await guess(2);
    await click(".controls button.main");
    const shown = await until("[data-fingerprint]", /^[0-9a-f]{64}$/);
    const { media, commerce } = await sessionHere(DEFAULT_PLAN);
    expect(shown).toBe(jointModel(media.parameters, commerce.parameters).fingerprint);
    await click(".controls input[type=checkbox]");
    await click(".controls button.main");
    await until(".results", /with all masks zero(0\.9|1\.0)/);
  });

  it("steps from message to message", async () => {
    await open("federation");
    await guess(1);
    await choose(".controls select", "step");
    await click(".controls button.main");
    await until(".status", /^\d+ messages.*waits for you/);
    const before = Number.parseInt(await textOf(".status"), 10);
    await click(".controls button:nth-of-type(2)");
    await until(".status", new RegExp(`^${before + 1} messages|^${before + 2} messages`));
  });

  it("sorts buyers by the length of a gradient, as the lab does", async () => {
    await open("safe");
    await guess(3);
    await click("[data-train]");
    await until("tbody", /\d/);
    for (const row of [1, 2, 3]) await click(`tbody tr:nth-child(${row}) input`);
    await click("[data-check]");
    expect(await textOf("[data-yours]")).toMatch(/^You found \d of 3 buyers/);
    const { outcome } = await lineUp();
    const shown = await until(".safe .bars", /\d/);
    for (const { leak } of outcome.attacks) expect(shown).toContain(leak?.mean.toFixed(3));
  });

  it("reopens the same moment from a link", async () => {
    await open("federation");
    await guess(1);
    await choose(".controls select", "step");
    await click(".controls button.main");
    await until(".status", /^2 messages.*waits for you/);
    for (let sent = 0; sent < 6; sent++) {
      await click("[data-next]");
      await until(".status", /waits for you/);
    }
    await until(".status", /^1\d messages|^[89] messages/);
    await click(".inspector li:last-child button");
    const hex = await until("[data-hex]", /^[0-9a-f]{2} /);
    await until("html", /./);
    const link = String(await browser.evaluate("location.href"));
    expect(link).toMatch(/&at=\d+(\.\d+){5}&open=\d+\.\d+$/);
    const status = await textOf(".status");
    await browser.goTo("about:blank");
    await browser.goTo(link);
    await until(".status", new RegExp(`^${status}`));
    expect(await until("[data-hex]", /./)).toBe(hex);
    expect(await browser.evaluate("location.href")).toBe(link);
  });

  it("fits a phone, in both languages, and a checker of accessibility finds nothing", async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    for (const chapter of CHAPTERS) {
      for (const language of ["en", "zh"]) {
        await open(chapter, language, 390);
        await guess(1);
        expect(await browser.evaluate("document.documentElement.scrollWidth")).toBe(390);
        await browser.evaluate(`${axe}; axe.run().then((r) => { window.found = r.violations; });`);
        await until("html", /./);
        for (let waited = 0; waited < 100; waited++) {
          if ((await browser.evaluate("window.found !== undefined")) === true) break;
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        const violations = await browser.evaluate(
          "window.found.map((v) => v.id + ': ' + v.nodes.map((n) => n.html).join(' '))",
        );
        expect(violations).toEqual([]);
      }
    }
  });
});
