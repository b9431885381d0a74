import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findLibrary, linksTo } from "./library.ts";

describe("findLibrary", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "moongate-library-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const lay = (...paths: string[]): void => {
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), "");
    }
  };

  it("finds an unpacked C archive", () => {
    lay("lib/libtensorflow.so.2", "lib/libtensorflow_framework.so.2");
    lay("include/tensorflow/c/c_api.h");
    expect(findLibrary(folder)).toEqual({
      library: join(folder, "lib/libtensorflow.so.2"),
      framework: join(folder, "lib/libtensorflow_framework.so.2"),
      include: join(folder, "include"),
    });
  });

  it.each(["", "tensorflow/"])("finds an unpacked wheel, from %o", (within) => {
    lay(`${within}libtensorflow_cc.so.2`, `${within}libtensorflow_framework.so.2`);
    lay(`${within}include/tensorflow/c/c_api.h`);
    const { library, include } = findLibrary(folder);
    expect(library).toBe(join(folder, within, "libtensorflow_cc.so.2"));
    expect(include).toBe(join(folder, within, "include"));
  });

  it.each([
    ["libtensorflow.so.2 or libtensorflow_cc.so.2", ["libtensorflow_framework.so.2"]],
    ["libtensorflow_framework.so.2", ["libtensorflow.so.2"]],
    ["c_api.h", ["libtensorflow.so.2", "libtensorflow_framework.so.2", "include/other.h"]],
  ])("says that %s is missing", (what, paths) => {
    lay(...paths);
    expect(() => findLibrary(folder)).toThrow(what);
  });
});

describe("linksTo", () => {
  it("has the linker's names and the libraries' own", () => {
    const links = linksTo({ library: "/a/libtensorflow_cc.so.2", framework: "/a/f", include: "" });
    expect(Object.fromEntries(links)).toEqual({
      "libtensorflow.so": "/a/libtensorflow_cc.so.2",
      "libtensorflow.so.2": "/a/libtensorflow_cc.so.2",
      "libtensorflow_cc.so.2": "/a/libtensorflow_cc.so.2",
      "libtensorflow_framework.so": "/a/f",
      "libtensorflow_framework.so.2": "/a/f",
    });
  });
});
