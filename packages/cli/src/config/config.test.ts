import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { resolveFiles } from "./paths.ts";
import { readToml } from "./toml-file.ts";

describe("readToml", () => {
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-toml-"));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("reads tables and keys", async () => {
    const file = join(folder, "a.toml");
    await writeFile(file, 'session = "s"\n[data]\nfile = "x.csv"\n');
    expect(await readToml(file)).toEqual({ session: "s", data: { file: "x.csv" } });
  });

  it("names line and column of a slip", async () => {
    const file = join(folder, "a.toml");
    await writeFile(file, 'session = "s"\nid = = 3\n');
    await expect(readToml(file)).rejects.toMatchObject({
      code: "CONFIG_INVALID",
      message: expect.stringMatching(/a\.toml, line 2, column \d+: \S/) as string,
    });
  });

  it("refuses a file that is not there", async () => {
    await expect(readToml(join(folder, "b.toml"))).rejects.toMatchObject({ code: "FILE_MISSING" });
  });
});

describe("resolveFiles", () => {
  it("takes relative file names from the configuration file's folder, and leaves all else", () => {
    const config = {
      session: "data/x",
      identity: { certificate: "keys/a.pem", key: "/etc/a.key" },
      data: { file: "../a.csv", id: "file" },
      directory: "runs/a",
      labels: ["b/c"],
    };
    expect(resolveFiles(config, "/home/shop/config/commerce.toml")).toEqual({
      ...config,
      identity: { certificate: "/home/shop/config/keys/a.pem", key: "/etc/a.key" },
      data: { file: "/home/shop/a.csv", id: "file" },
      directory: "/home/shop/config/runs/a",
    });
  });
});
