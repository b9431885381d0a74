import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeFolder } from "./make-folder.ts";
import { copyWhole, writeWhole, writeWholeFolder } from "./write-whole.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "moongate-files-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);
const rights = (name: string): number => statSync(at(name)).mode & 0o777;
const refusal = (code: string) => expect.objectContaining({ code }) as unknown;

/** Does something under an umask that takes nothing away. */
async function withoutUmask(act: () => Promise<void>): Promise<void> {
  const before = process.umask(0);
  await act().finally(() => process.umask(before));
}

describe("a file that is written whole", () => {
  it("is for its owner alone, whatever the umask is", async () => {
    await withoutUmask(async () => {
      await writeWhole(at("a"), "text");
      await writeWhole(at("b"), Uint8Array.of(1, 2), { mode: 0o644 });
      await writeWholeFolder(at("c"), { d: "deep" });
      await makeFolder(at("e"));
      await copyWhole(at("a"), at("f"));
    });
    expect(["a", "b", "c", "c/d", "e", "f"].map(rights)).toEqual([
      0o600, 0o644, 0o700, 0o600, 0o700, 0o600,
    ]);
    expect(readFileSync(at("f"), "utf8")).toBe("text");
    expect(readdirSync(folder).sort()).toEqual(["a", "b", "c", "e", "f"]);
  });

  it("replaces another one, or does not where that was asked for", async () => {
    await writeWhole(at("a"), "one");
    await writeWhole(at("a"), ["t", "wo"]);
    expect(readFileSync(at("a"), "utf8")).toBe("two");
    const again = writeWhole(at("a"), "three", { replace: false });
    await expect(again).rejects.toEqual(refusal("FILE_EXISTS"));
    expect(readFileSync(at("a"), "utf8")).toBe("two");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("leaves the old one and no draft when it is cut short", async () => {
    await writeWhole(at("a"), "old");
    const pieces = function* (): Generator<string> {
      yield "half";
      throw new Error("cut short");
    };
    await expect(writeWhole(at("a"), pieces())).rejects.toThrow("cut short");
    expect(readFileSync(at("a"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["a"]);
  });

  it("is refused by name where the path cannot be", async () => {
    writeFileSync(at("file"), "");
    mkdirSync(at("folder"));
    for (const path of ["file/a", "folder", "absent/a", "x".repeat(300), "nul\0name"]) {
      const what = refusal("PATH_UNUSABLE");
      await expect(writeWhole(at(path), "text"), path).rejects.toEqual(what);
    }
    await expect(makeFolder(at("file/a"))).rejects.toEqual(refusal("PATH_UNUSABLE"));
    const full = writeWholeFolder(at("folder"), { a: "1" }).then(() =>
      writeWholeFolder(at("folder"), { b: "2" }),
    );
    await expect(full).rejects.toEqual(refusal("PATH_UNUSABLE"));
    await expect(copyWhole(at("absent"), at("b"))).rejects.toThrow("absent is not there");
    expect(readdirSync(folder).sort()).toEqual(["file", "folder"]);
  });
});
