import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { syntheticTable } from "../tables/known-tables.ts";
import type { Executor } from "./executor.ts";
import { gridOf, QUICK } from "./grids.ts";
import type { Job } from "./job.ts";
import { lost } from "./lost.ts";
import { type GridProgress, runGrid } from "./run-grid.ts";
import { UNITS_FILE } from "./store.ts";

const jobs = gridOf(QUICK, [syntheticTable(100, "/nowhere")], ["1"]);
const units = jobs.flatMap((job) => job.units);
const results = ({ units: asked }: Job) =>
  asked.map((unit) => lost(unit, { status: "failed", error: { code: "INTERNAL", cause: "no" } }));

/** Keeps what it was asked for; stops the grid after so many jobs. */
class Fake implements Executor {
  readonly asked: Job[] = [];
  ended = false;
  onJob: (done: number) => void = () => undefined;

  run(job: Job) {
    this.asked.push(job);
    this.onJob(this.asked.length);
    return Promise.resolve(results(job));
  }

  end(): void {
    this.ended = true;
  }
}

describe("a grid", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "moongate-grid-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("runs every job once, whoever runs it, and writes a line for every unit", async () => {
    const executors = [new Fake(), new Fake()];
    const told: GridProgress[] = [];
    const done = await runGrid({
      ...{ folder, jobs, executors },
      onProgress: (progress) => told.push(progress),
    });
    expect(done.map(({ unit }) => unit)).toEqual(units);
    expect(executors.flatMap(({ asked }) => asked)).toHaveLength(jobs.length);
    expect(executors.every(({ ended }) => ended)).toBe(true);
    const lines = (await readFile(join(folder, UNITS_FILE), "utf8")).trim().split("\n");
    expect(lines).toHaveLength(units.length);
    expect(told[0]).toMatchObject({ done: 0, all: units.length });
    expect(told.at(-1)).toMatchObject({ done: units.length, fresh: units.length });
  });

  it("goes on where it was stopped", async () => {
    const stop = new AbortController();
    const first = new Fake();
    first.onJob = (done) => {
      if (done === 5) stop.abort();
    };
    const stopped = runGrid({ folder, jobs, executors: [first], signal: stop.signal });
    await expect(stopped).rejects.toMatchObject({ code: "INTERRUPTED" });
    expect(first.ended).toBe(true);

    const second = new Fake();
    const done = await runGrid({ folder, jobs, executors: [second] });
    expect(done).toHaveLength(units.length);
    // What was done when the signal came is not done again.
    expect(second.asked).toEqual(jobs.slice(5));

    const third = new Fake();
    expect(await runGrid({ folder, jobs, executors: [third] })).toEqual(done);
    expect(third.asked).toEqual([]);
  });

  it("does a job again of whose results a part is there, and one whose line was cut off", async () => {
    await runGrid({ folder, jobs, executors: [new Fake()] });
    const file = join(folder, UNITS_FILE);
    const lines = (await readFile(file, "utf8")).split("\n");
    await writeFile(file, `${lines.slice(1, 20).join("\n")}\n`);
    await appendFile(file, (lines[20] ?? "").slice(0, 40));
    const again = new Fake();
    const done = await runGrid({ folder, jobs, executors: [again] });
    expect(done.map(({ unit }) => unit)).toEqual(units);
    expect(again.asked[0]).toEqual(jobs[0]);
    expect(again.asked.length).toBeLessThan(jobs.length);
    const last = new Fake();
    await runGrid({ folder, jobs, executors: [last] });
    expect(last.asked).toEqual([]);
  });

  it("refuses a folder of something else", async () => {
    await writeFile(join(folder, UNITS_FILE), `{"some":"thing"}\n`);
    const run = runGrid({ folder, jobs, executors: [new Fake()] });
    await expect(run).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });
});
