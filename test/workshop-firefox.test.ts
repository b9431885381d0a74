import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, launch, type Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_PLAN } from "../packages/workshop/src/session/plan.ts";
import { sessionHere } from "../packages/workshop/src/session/session-here.fixture.ts";
import { jointModel } from "../packages/workshop/src/session/weights.ts";
import { findFirefox } from "./support/browser.ts";

const firefox = findFirefox();
const because = firefox === undefined ? " (skipped: no Firefox is on the path)" : "";
/** The driver's own observers run in a sandbox of Firefox that may not read lists of the page. */
const ofTheDriver = (error: unknown): boolean =>
  String(error).endsWith('Permission denied to access property "length"');
const PATIENCE_MS = 120_000;

describe.skipIf(firefox === undefined)(`the workshop page in Firefox${because}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "moongate-workshop-"));
  const complaints: string[] = [];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const script = join(import.meta.dirname, "../packages/workshop/scripts/build.js");
    const { status, stderr } = spawnSync(process.execPath, [script, folder]);
    expect(String(stderr) + String(status)).toMatch(/0$/);
    browser = await launch({
      browser: "firefox",
      executablePath: firefox ?? "",
      headless: true,
      defaultViewport: null,
      args: ["--width=500", "--height=900"],
    });
    page = await browser.newPage();
    page.on("pageerror", (error) => {
      if (!ofTheDriver(error)) complaints.push(String(error));
    });
    page.on("console", (line) => complaints.push(line.text()));
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
    expect(complaints).toEqual([]);
  });

  const open = async (address: string): Promise<void> => {
    const file = pathToFileURL(join(folder, "one-file", "moongate-workshop.html")).href;
    await page.goto("about:blank");
    await page.goto(`${file}#${address}`);
  };
  const shows = (selector: string, pattern: RegExp): Promise<unknown> =>
    page.waitForFunction(`${String(pattern)}.test(${textAt(selector)})`, {
      timeout: PATIENCE_MS,
    });
  const textAt = (selector: string): string =>
    `(document.querySelector(${JSON.stringify(selector)})?.textContent ?? "")`;

  it("trains a masked model from disk to the very weights that Node trains", async () => {
    await open("chapter=federation&lang=en");
    await page.locator("fieldset label:nth-of-type(2) input").click();
    await page.locator("fieldset button.main").click();
    await page.locator(".controls button.main").click();
    await shows("[data-fingerprint]", /^[0-9a-f]{64}$/);
    const { media, commerce } = await sessionHere(DEFAULT_PLAN);
    const { fingerprint } = jointModel(media.parameters, commerce.parameters);
    expect(await page.evaluate(textAt("[data-fingerprint]"))).toBe(fingerprint);
  });

  it("stops between messages, and keys let the next one go", async () => {
    await open("chapter=federation&lang=zh&guess=1&pace=step&at=1.0.1.0.0.0");
    await shows(".status", /^4 .*等你放行/);
    // The coordinator answers once it has the tags of both.
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await shows(".status", /^6 .*等你放行/);
  });

  it("scrolls nowhere sideways, in every chapter and both languages", async () => {
    for (const { id } of await chapters()) {
      for (const language of ["en", "zh"]) {
        await open(`chapter=${id}&lang=${language}&guess=1`);
        await shows("h2", /./);
        const wide = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
        expect(wide, `${id} ${language}`).toBeLessThanOrEqual(0);
      }
    }
  });

  /** The chapters that the page itself lists. */
  const chapters = async (): Promise<readonly { readonly id: string }[]> => {
    await open("");
    await page.waitForSelector("nav a");
    const links = (await page.evaluate(
      "[...document.querySelectorAll('nav a')].map((a) => a.hash)",
    )) as readonly string[];
    return links.map((hash) => ({ id: new URLSearchParams(hash.slice(1)).get("chapter") ?? "" }));
  };
});
