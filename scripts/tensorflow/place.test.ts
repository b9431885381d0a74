import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placeLibrary } from "./place.ts";

const FILES = [
  "lib/libtensorflow.so.2",
  "lib/libtensorflow_framework.so.2",
  "include/tensorflow/c/c_api.h",
];

describe("placeLibrary", () => {
  let folder = "";
  let home = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "moongate-place-"));
    home = join(folder, "tfjs-node");
    mkdirSync(home);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const quiet = (): void => undefined;

  /** A folder with a libtensorflow. */
  function lay(path: string): string {
    for (const file of FILES) {
      mkdirSync(dirname(join(path, file)), { recursive: true });
      writeFileSync(join(path, file), "");
    }
    return path;
  }

  it("links the given folder's library in the place of what was there", async () => {
    const given = lay(join(folder, "given"));
    mkdirSync(join(home, "deps"));
    writeFileSync(join(home, "deps", "older"), "");
    await placeLibrary(home, given, quiet);
    expect(existsSync(join(home, "deps", "older"))).toBe(false);
    expect(readlinkSync(join(home, "deps", "lib", "libtensorflow.so"))).toBe(
      join(given, "lib/libtensorflow.so.2"),
    );
    expect(existsSync(join(home, "deps", "include", "tensorflow/c/c_api.h"))).toBe(true);
  });

  it.each([
    ["tfjs-node's own deps", "deps"],
    ["a folder in them", "deps/wheel"],
  ])("refuses %s, and removes nothing", async (_what, within) => {
    const given = lay(join(home, within));
    await expect(placeLibrary(home, given, quiet)).rejects.toMatchObject({
      code: "TENSORFLOW_INSTALL",
      message: expect.stringContaining("which is emptied first") as string,
    });
    for (const file of FILES) expect(existsSync(join(given, file)), file).toBe(true);
  });

  it("refuses a way to them through a link", async () => {
    lay(join(home, "deps"));
    const given = join(folder, "link");
    symlinkSync(join(home, "deps"), given);
    await expect(placeLibrary(home, given, quiet)).rejects.toThrow("which is emptied first");
    for (const file of FILES) expect(existsSync(join(given, file)), file).toBe(true);
  });

  it("says what a given folder lacks before it removes anything", async () => {
    mkdirSync(join(home, "deps"));
    writeFileSync(join(home, "deps", "older"), "");
    await expect(placeLibrary(home, folder, quiet)).rejects.toMatchObject({
      code: "TENSORFLOW_INSTALL",
    });
    expect(existsSync(join(home, "deps", "older"))).toBe(true);
  });
});
