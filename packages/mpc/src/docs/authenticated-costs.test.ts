import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { authenticatedCosts } from "./authenticated-costs.fixture.ts";

it("decision 29 has the costs that the operations' declarations come to", async () => {
  const page = new URL("../../../../docs/decisions/0029-authenticated-shares.md", import.meta.url);
  expect(await readFile(page, "utf8")).toContain(await authenticatedCosts());
});
