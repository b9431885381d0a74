import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { costPage } from "./cost-page.ts";

it("docs/protocols/costs.md is what the operations declare (else: npm run docs:costs)", async () => {
  const page = new URL("../../../../docs/protocols/costs.md", import.meta.url);
  expect(readFileSync(page, "utf8")).toBe(await costPage());
});
