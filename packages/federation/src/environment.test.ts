import { readFile } from "node:fs/promises";
import { hostname, userInfo } from "node:os";
import { environmentSchema } from "@moongate/results";
import { expect, it } from "vitest";
import { environment, MOONGATE_VERSION } from "./environment.ts";

it("is what the package says, and names neither machine nor user", async () => {
  const file = await readFile(new URL("../package.json", import.meta.url), "utf8");
  expect((JSON.parse(file) as { version: string }).version).toBe(MOONGATE_VERSION);
  const own = environmentSchema.parse(environment());
  expect(Object.values(own)).not.toContain(hostname());
  expect(Object.values(own)).not.toContain(userInfo().username);
});
