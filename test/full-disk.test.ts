import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freshFolder } from "./support/folder.ts";
import { ENTRY, moongate } from "./support/moongate.ts";

const FULL = "/dev/full";

/** Mounts a disk of so many kilobytes, which needs the rights to. */
function mount(folder: string, kilobytes: number): boolean {
  if (process.platform !== "linux") return false;
  const options = ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder];
  return spawnSync("mount", options).status === 0;
}

describe("a disk that is full", () => {
  const elsewhere = freshFolder();
  let disk = "";
  beforeEach(async () => {
    disk = await mkdtemp(join(tmpdir(), "moongate-disk-"));
  });
  afterEach(async () => {
    spawnSync("umount", [disk]);
    await rm(disk, { recursive: true, force: true });
  });

  it.for([
    ["at the start", 8],
    ["when models are kept", 400],
  ] as const)(
    "%s ends a demo by its name, and no draft is left",
    async ([, kilobytes], { skip }) => {
      skip(!mount(disk, kilobytes), "this user may not mount a small disk");
      const sizes = ["--rows", "2000", "--epochs", "1"];
      const ended = await moongate(
        ["demo", ...sizes, "--out", join(disk, "run"), "--json"],
        elsewhere.path,
      );
      const { error } = JSON.parse(ended.stderr) as { error: { cause: string } };
      expect(error).toMatchObject({ code: "DISK_FULL", exitStatus: 74 });
      expect(error.cause).toContain(`${disk}/run/`);
      expect(ended.status).toBe(74);
      const left = readdirSync(disk, { recursive: true, encoding: "utf8" });
      expect(left.length).toBeGreaterThan(0);
      expect(left.filter((name) => /(^|\/)\./.test(name))).toEqual([]);
    },
  );

  it.skipIf(!existsSync(FULL))("under standard output is no success", () => {
    const full = openSync(FULL, "w");
    try {
      const stdio = ["ignore", full, "pipe"] as const;
      const ended = spawnSync(process.execPath, [ENTRY, "--help"], {
        stdio: [...stdio],
        encoding: "utf8",
      });
      expect(ended.status).toBe(74);
      expect(ended.stderr).toContain("error DISK_FULL: standard output has no room left");
    } finally {
      closeSync(full);
    }
  });
});
