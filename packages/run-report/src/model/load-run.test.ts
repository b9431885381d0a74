import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoFolder, ROWS } from "../run.fixture.ts";
import { loadRun } from "./load-run.ts";

let folder = "";
beforeAll(async () => {
  folder = await demoFolder(await mkdtemp(join(tmpdir(), "moongate-report-")));
});
afterAll(() => rm(folder, { recursive: true }));

describe("a run's folder", () => {
  it("of a demo has all three processes, all three models and both tables' columns", async () => {
    const run = await loadRun(folder);
    expect(run.owner).toBe("demo");
    expect(run.lanes.map(({ role }) => role)).toEqual(["media", "coordinator", "commerce"]);
    expect(run.lanes[1]?.spans).toEqual([{ phase: "training", from: 1, to: 4 }]);
    expect(Object.keys(run.labels[1]?.scored ?? {})).toEqual(["alone", "joint", "pooled"]);
    expect(run.labels[1]?.scored.joint?.labels).toHaveLength(ROWS - 10);
    expect(run.columns.map(({ side }) => side)).toContain("media");
    expect(run.wires.find(({ kind, to }) => kind === "control" && to === "media")?.opened).toBe(
      true,
    );
    expect(run.commands).toHaveLength(1);
  });

  it("of commerce has its own process and columns, and no pooled model", async () => {
    const run = await loadRun(join(folder, "commerce"));
    expect(run.owner).toBe("commerce");
    expect(run.lanes.map(({ role }) => role)).toEqual(["commerce"]);
    expect(Object.keys(run.labels[0]?.scored ?? {})).toEqual(["alone", "joint"]);
    expect(new Set(run.columns.map(({ side }) => side))).toEqual(new Set(["commerce"]));
  });

  it("of media has no labels, scores or metrics", async () => {
    const run = await loadRun(join(folder, "media"));
    expect(run.owner).toBe("media");
    expect(run.labels).toEqual([]);
    expect(run.result).toBeUndefined();
    expect(run.seen.every(({ process }) => process === "media")).toBe(true);
    expect(run.wires).toEqual([
      {
        from: "coordinator",
        to: "media",
        channel: "outer",
        kind: "control",
        bytes: 900,
        opened: true,
      },
    ]);
  });

  it("without a finished run is refused, and one of another kind too", async () => {
    await expect(loadRun(join(folder, "coordinator"))).rejects.toMatchObject({
      code: "FILE_MISSING",
    });
    const odd = join(folder, "odd");
    await mkdir(odd);
    await writeFile(join(odd, "result.json"), "{}");
    await expect(loadRun(odd)).rejects.toThrow(/of another kind or version/);
  });
});
