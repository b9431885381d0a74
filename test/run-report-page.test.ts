import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeRunReport } from "@moongate/run-report";
import { describe, expect, it } from "vitest";
import { demoFolder } from "../packages/run-report/src/run.fixture.ts";
import { Browser, findChromium } from "./support/browser.ts";
import { freshFolder } from "./support/folder.ts";

const chromium = findChromium();
const because = chromium === undefined ? " (skipped: no Chromium is on the path)" : "";

describe.skipIf(chromium === undefined)(`a run's report in a browser${because}`, () => {
  const folder = freshFolder();

  it("fits a phone and a desk, in light and dark, in both languages, and asks for nothing", async () => {
    const run = await demoFolder(folder.path);
    const files = [run, join(run, "commerce"), join(run, "media")];
    const pages = await Promise.all(files.map((each) => writeRunReport(each)));
    const browser = await Browser.open(chromium ?? "");
    try {
      for (const page of pages) {
        for (const width of [390, 1280]) {
          for (const scheme of ["light", "dark"]) {
            await browser.send("Emulation.setDeviceMetricsOverride", {
              ...{ width, height: 800, deviceScaleFactor: 1, mobile: true },
            });
            await browser.send("Emulation.setEmulatedMedia", {
              features: [{ name: "prefers-color-scheme", value: scheme }],
            });
            await browser.goTo(pathToFileURL(page).href);
            for (const language of ["en", "zh"]) {
              const looks = await browser.evaluate(look(language));
              const paper = scheme === "dark" ? "rgb(18, 22, 27)" : "rgb(255, 255, 255)";
              expect(looks, `${page} ${width} ${scheme} ${language}`).toEqual({
                ...{ width, paper, shown: [language], outside: [], small: [] },
              });
            }
          }
        }
      }
      expect(browser.complaints).toEqual([]);
      for (const url of browser.requests) expect(url).toMatch(/^(file|data|about):/);
      expect(browser.requests.length).toBeGreaterThanOrEqual(12);
    } finally {
      await browser.close();
    }
  });
});

/** Switches the language as a reader does, and says what the page then looks like. */
const look = (language: string): string => `(() => {
  document.querySelector('label[for="${language}"]').click();
  const seen = [...document.querySelectorAll("svg")].filter((svg) => svg.getClientRects().length > 0);
  const named = (text) => text.textContent;
  return {
    width: document.documentElement.scrollWidth,
    paper: getComputedStyle(document.body).backgroundColor,
    shown: [...document.querySelectorAll("main")]
      .filter((main) => getComputedStyle(main).display !== "none")
      .map((main) => main.className),
    // Letters that leave the picture, and letters too small to read.
    outside: seen.flatMap((svg) => {
      const box = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")]
        .filter((text) => {
          const own = text.getBoundingClientRect();
          return own.width > 0 && (own.left < box.left - 3 || own.right > box.right + 3);
        })
        .map(named);
    }),
    small: seen.flatMap((svg) => {
      const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      return 12 * scale < 9 ? [svg.parentElement.getAttribute("aria-label")] : [];
    }),
  };
})()`;
