import { readFileSync } from "node:fs";
import { CROSSING } from "@moongate/errors";
import { expect, it } from "vitest";

it("SECURITY.md lists every code that may cross, and what it depends on", () => {
  const text = readFileSync(new URL("../SECURITY.md", import.meta.url), "utf8");
  const rows = [...text.matchAll(/^\| `([A-Z_]+)` +\| (.+?) +\|$/gm)].map(([, code, on]) => [
    code,
    on,
  ]);
  expect(rows).toEqual(Object.entries(CROSSING));
});
