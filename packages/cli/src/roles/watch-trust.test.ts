import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrustedPair } from "@moongate/coordinator";
import { afterEach, beforeEach, expect, it } from "vitest";
import { watchTrust } from "./watch-trust.ts";

const first = [{ media: "a".repeat(64), commerce: "b".repeat(64) }];
const second = [...first, { media: "c".repeat(64), commerce: "d".repeat(64) }];
let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-trust-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = async (pairs: readonly TrustedPair[]): Promise<string> => {
  const file = join(folder, "coordinator.toml");
  const blocks = pairs.map((pair) =>
    ["[[trusted]]", `media = "${pair.media}"`, `commerce = "${pair.commerce}"`].join("\n"),
  );
  const identity = '[identity]\ncertificate = "c.pem"\nkey = "k.pem"';
  await writeFile(file, `${[identity, ...blocks].join("\n")}\n`);
  return file;
};

it("reads the list again when the file changes, and keeps the old one of a file that is broken", async () => {
  const file = await write(first);
  const told: { pairs: readonly TrustedPair[] | undefined; text: string }[] = [];
  const stop = watchTrust(file, first, (pairs, text) => told.push({ pairs, text }));
  try {
    await write(second);
    await expect.poll(() => told.length, { timeout: 15_000 }).toBe(1);
    expect(told[0]).toMatchObject({
      pairs: second,
      text: expect.stringMatching(/2 pairs/) as string,
    });
    await writeFile(file, "trusted = 1");
    process.emit("SIGHUP", "SIGHUP");
    await expect.poll(() => told.length, { timeout: 15_000 }).toBeGreaterThan(1);
    expect(told[1]).toMatchObject({
      pairs: undefined,
      text: expect.stringMatching(/stay/) as string,
    });
  } finally {
    stop();
  }
});
