import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createLog, openLog } from "./log.ts";

describe("a log", () => {
  it("redacts private fields at every level that is used", () => {
    let text = "";
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        text += chunk.toString();
        done();
      },
    });
    const log = createLog("media", stream);
    log.info(
      { key: "s3cret", a: { ids: ["s3cret"] }, b: { c: { share: "s3cret" } }, rows: 7 },
      "told",
    );
    expect(text).toContain("told");
    expect(text).toContain('"rows":7');
    expect(text).not.toContain("s3cret");
  });

  it("is a file for its owner alone, one document a line, that names its process", () => {
    const folder = mkdtempSync(join(tmpdir(), "moongate-log-"));
    try {
      const directory = join(folder, "made", "on demand");
      const log = openLog("coordinator", directory);
      log.info({ sessions: 1 }, "first");
      log.warn("second");
      const file = join(directory, "log.ndjson");
      expect(statSync(directory).mode & 0o777).toBe(0o700);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      const lines = readFileSync(file, "utf8").trim().split("\n");
      expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { level: "info", process: "coordinator", sessions: 1, msg: "first" },
        { level: "warn", process: "coordinator", msg: "second" },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
