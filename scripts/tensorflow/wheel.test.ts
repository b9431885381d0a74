import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { unpackWheel, WHEEL } from "./wheel.ts";

/** In the place of Python: notes what it is asked, and "downloads" an empty wheel. */
const PYTHON = `#!/bin/sh
echo "$@" >> "$0.asked"
while [ $# -gt 0 ]; do
  if [ "$1" = --dest ]; then touch "$2/tensorflow_cpu-2.21.7-cp311-cp311-linux.whl"; fi
  shift
done
`;

describe("the tested release", () => {
  it.each(["../../packages/learning/README.md", "../../README.md"])("is named in %s", (file) => {
    const text = readFileSync(new URL(file, import.meta.url), "utf8");
    expect(text).toContain(`${WHEEL.name} ${WHEEL.release}`);
  });
});

describe("unpackWheel", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "moongate-wheel-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it("asks pip for the tested release and no other, and says which version came", async () => {
    const python = join(folder, "python");
    writeFileSync(python, PYTHON);
    chmodSync(python, 0o700);
    const wheel = await unpackWheel(join(folder, "wheel"), python);
    expect(wheel).toEqual({ folder: join(folder, "wheel", "tensorflow"), version: "2.21.7" });
    const asked = readFileSync(`${python}.asked`, "utf8");
    expect(asked).toMatch(/ download .*--dest (\S+) tensorflow-cpu~=2\.21\.0\n/);
    const [, downloads = ""] = /--dest (\S+)/.exec(asked) ?? [];
    expect(existsSync(downloads)).toBe(false);
  });
});
