import { readFileSync } from "node:fs";
import { dpReport } from "@moongate/results";
import picocolors from "picocolors";
import { describe, expect, it } from "vitest";
import { resultFixture } from "../testing/result-fixture.ts";
import { summary } from "./summary.ts";

describe("the summary of a noisy model", () => {
  const dp = dpReport({ epsilon: 4, delta: 1e-6, clip: 0.5, noiseMultiplier: 5.67 });
  const colours = picocolors.createColors(false);

  it("says how much is claimed, and who is protected from whom", () => {
    const printed = summary({ ...resultFixture, dp }, colours);
    const claim = printed
      .split("\n")
      .filter((line) => /protected|against|noise|epsilon/.test(line));
    for (const line of claim) expect(line.length).toBeLessThanOrEqual(100);
    const text = printed.replaceAll(/\s+/g, " ");
    expect(text).toContain("epsilon 4 at delta 0.000001; the unit is one joint user");
    expect(text).toMatch(
      /media's features of a training user, against commerce and .*, by media's noise/,
    );
    expect(text).toMatch(
      /commerce's features and labels .*, against media and .*, by commerce's noise/,
    );
  });

  it("points to what audits find", () => {
    const text = summary({ ...resultFixture, dp }, colours).replaceAll(/\s+/g, " ");
    expect(text).toContain("docs/protocols/dp.md, What an audit finds");
    const page = new URL("../../../../docs/protocols/dp.md", import.meta.url);
    expect(readFileSync(page, "utf8")).toContain("\n## What an audit finds\n");
  });

  it("says nothing of the kind without noise", () => {
    expect(summary(resultFixture, colours)).not.toContain("epsilon");
  });
});
