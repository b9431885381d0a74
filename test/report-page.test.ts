import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { writeReport } from "@moongate/lab-report";
import { describe, expect, it } from "vitest";
import { makeResults } from "../packages/lab-report/src/results.fixture.ts";
import { Browser, findChromium } from "./support/browser.ts";
import { freshFolder } from "./support/folder.ts";

const chromium = findChromium();
const because = chromium === undefined ? " (skipped: no Chromium is on the path)" : "";

describe.skipIf(chromium === undefined)(`the report in a browser${because}`, () => {
  const folder = freshFolder();

  it("fits a phone and a desk, in light and dark, asks for nothing and complains of nothing", async () => {
    await writeReport(makeResults(), {
      folder: folder.path,
      command: `npm run bench:privacy -- --out ${"a/very/long/folder/".repeat(8)}`,
      generated: new Date(0),
      environment: { system: "x".repeat(200) },
      notTried: ["Everything else."],
    });
    const browser = await Browser.open(chromium ?? "");
    try {
      for (const width of [320, 360, 768, 1280]) {
        for (const scheme of ["light", "dark"]) {
          await browser.send("Emulation.setDeviceMetricsOverride", {
            ...{ width, height: 800, deviceScaleFactor: 1, mobile: true },
          });
          await browser.send("Emulation.setEmulatedMedia", {
            features: [{ name: "prefers-color-scheme", value: scheme }],
          });
          await browser.goTo(pathToFileURL(join(folder.path, "report.html")).href);
          const page = await browser.evaluate(`({
            width: document.documentElement.scrollWidth,
            charts: document.querySelectorAll("svg.chart").length,
            paper: getComputedStyle(document.body).backgroundColor,
          })`);
          const paper = scheme === "dark" ? "rgb(18, 22, 27)" : "rgb(255, 255, 255)";
          expect(page).toEqual({ width, charts: 12, paper });
        }
      }
      expect(browser.complaints).toEqual([]);
      for (const url of browser.requests) expect(url).toMatch(/^(file|data|about):/);
      expect(browser.requests.length).toBeGreaterThanOrEqual(8);
    } finally {
      await browser.close();
    }
  });
});
