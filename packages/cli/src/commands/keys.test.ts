import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runHere } from "../testing/run-here.ts";

describe("moongate keys", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-keys-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("writes a certificate and a key for the owner alone, and prints the fingerprint", async () => {
    const made = await runHere(["keys", "--name", "media", "--out", folder, "--json"]);
    expect(made.status).toBe(0);
    const { certFile, keyFile, fingerprint } = JSON.parse(made.out) as Record<string, string>;
    expect(fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect(certFile).toBe(join(folder, "media.cert.pem"));
    expect((await stat(keyFile ?? "")).mode & 0o777).toBe(0o600);
    expect(made.out).not.toContain("PRIVATE KEY");
  });

  it("refuses to overwrite", async () => {
    await runHere(["keys", "--name", "media", "--out", folder]);
    const before = await readFile(join(folder, "media.key.pem"), "utf8");
    const again = await runHere(["keys", "--name", "media", "--out", folder]);
    expect(again.status).toBe(73);
    expect(again.err).toMatch(/^error FILE_EXISTS: /);
    expect(await readFile(join(folder, "media.key.pem"), "utf8")).toBe(before);
  });

  it("says in words where the files are and what to do with the fingerprint", async () => {
    const made = await runHere(["keys", "--name", "shop", "--out", folder]);
    expect(made.out).toMatch(/^certificate {2}.*shop\.cert\.pem$/m);
    expect(made.out).toMatch(/^fingerprint {2}[0-9a-f]{64}$/m);
  });
});
