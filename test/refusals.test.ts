import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { freshFolder } from "./support/folder.ts";
import { moongate, ROOT } from "./support/moongate.ts";

const MEDIA = "id,age\n1,20\n2,30\n3,40\n";
const COMMERCE = "id,visits,bought\n1,5,0\n2,7,1\n3,9,0\n";

describe("bad input", { timeout: 60_000 }, () => {
  const folder = freshFolder();
  const at = (name: string): string => join(folder.path, name);

  async function demo(tables: { media?: string; commerce?: string }, more: readonly string[] = []) {
    writeFileSync(at("media.csv"), tables.media ?? MEDIA);
    writeFileSync(at("commerce.csv"), tables.commerce ?? COMMERCE);
    const files = ["--media", at("media.csv"), "--commerce", at("commerce.csv")];
    const options = more.length > 0 ? more : ["--id", "id", "--label", "bought"];
    return moongate(["demo", ...files, ...options, "--out", at("run")], folder.path);
  }

  it.each([
    ["a missing id column", {}, ["--id", "di", "--label", "bought"], 65, "COLUMN_MISSING"],
    ["an unknown label", {}, ["--id", "id", "--label", "bouhgt"], 65, "LABEL_MISSING"],
    ["a label given twice", {}, ["--id", "id", "--label", "bought,bought"], 64, "USAGE"],
    ["a label that is not binary", {}, ["--id", "id", "--label", "visits"], 65, "LABEL_NOT_BINARY"],
    ["a ragged row", { media: "id,age\n1,20\n2\n" }, [], 65, "CSV_RAGGED_ROW"],
    ["an empty file", { commerce: "" }, [], 65, "CSV_EMPTY"],
    ["an infinite number", { media: "id,age\n1,20\n2,inf\n" }, [], 65, "COLUMN_NOT_FINITE"],
    ["a duplicate id", { media: "id,age\n1,20\n1,30\n" }, [], 65, "ID_DUPLICATE"],
    ["an empty id", { commerce: "id,v,bought\n1,5,0\n,7,1\n" }, [], 65, "ID_EMPTY"],
    ["no feature", { media: "id\n1\n2\n" }, [], 65, "COLUMN_NONE_LEFT"],
    ["no --id", {}, ["--label", "bought"], 64, "USAGE"],
    ["a word for a number", {}, ["--epochs", "many"], 64, "USAGE"],
  ] as const)("%s is told before any process starts", async (_what, tables, more, status, code) => {
    const ended = await demo(tables, more);
    expect(ended.status).toBe(status);
    expect(ended.stdout).toBe("");
    expect(ended.stderr).toMatch(new RegExp(`^error ${code}: .+\ncure: .+\n$`));
    expect(existsSync(at("run"))).toBe(false);
  });

  it("suggests the column that was meant", async () => {
    const ended = await demo({}, ["--id", "id", "--label", "bouhgt"]);
    expect(ended.stderr).toContain('Did you mean "bought"?');
  });

  it("names a file that is not there, and a folder that is not empty", async () => {
    const missing = ["--media", "nowhere.csv", "--commerce", "nowhere.csv"];
    const absent = await moongate(
      ["demo", ...missing, "--id", "id", "--label", "y", "--out", at("run")],
      folder.path,
    );
    expect(absent.status).toBe(66);
    expect(absent.stderr).toMatch(/^error FILE_MISSING: .*nowhere\.csv/);
    mkdirSync(at("full"));
    writeFileSync(at("full/x"), "");
    const full = await moongate(["demo", "--out", at("full")], folder.path);
    expect(full.status).toBe(73);
    expect(full.stderr).toMatch(/^error FILE_EXISTS: /);
  });

  it("found in the session is shown first: no users in common", async () => {
    const ended = await demo({ media: "id,age\n7,20\n8,30\n9,40\n" });
    expect(ended.status).toBe(65);
    expect(ended.stderr).toMatch(/^error ALIGNMENT_EMPTY: /);
  });

  it.each([
    ["media", (text: string) => text.replace("exclude =", "exlude ="), "exclude"],
    ["commerce", (text: string) => text.replace("epochs =", "epoch ="), "epochs"],
    ["coordinator", (text: string) => text.replace("port =", "prot ="), "port"],
    ["media", (text: string) => text.replace("[identity]", "[identiti]"), "identity"],
    ["coordinator", (text: string) => text.replace("[[trusted]]", "[[trustd]]"), "trusted"],
  ] as const)(
    "a mistyped key of %s is named with its file and the right one",
    async (role, slip, meant) => {
      const file = at(`${role}.toml`);
      writeFileSync(file, slip(readFileSync(join(ROOT, "examples", `${role}.toml`), "utf8")));
      const ended = await moongate([role, "--config", file, "--json"]);
      expect(ended).toMatchObject({ status: 64, stdout: "" });
      const { error } = JSON.parse(ended.stderr) as { error: Record<string, string> };
      expect(error["code"]).toBe("CONFIG_INVALID");
      expect(error["cause"]).toContain(file);
      expect(error["cure"]).toContain(meant);
    },
  );

  it("in a configuration names the file that is missing", async () => {
    const absent = await moongate(["media", "--config", at("media.toml")]);
    expect(absent.status).toBe(66);
    writeFileSync(at("media.toml"), readFileSync(join(ROOT, "examples", "media.toml")));
    const keys = await moongate(["media", "--config", at("media.toml")]);
    expect(keys.status).toBe(66);
    expect(keys.stderr).toContain(at("keys/media.cert.pem"));
  });
});
