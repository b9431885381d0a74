import { describe, expect, it } from "vitest";
import { syntheticTable } from "../tables/known-tables.ts";
import { auditsOf, gridOf, QUICK } from "./grids.ts";
import type { AnyJob } from "./job.ts";
import { describe as line } from "./progress-line.ts";
import { TimeLeft } from "./time-left.ts";

const seeds = ["1", "2", "3", "4", "5"];
const jobs: readonly AnyJob[] = [
  ...auditsOf(QUICK),
  ...gridOf(QUICK, [syntheticTable(100, "/nowhere")], seeds),
];

/** Made-up seconds: audits and slow suites take far longer than the rest. */
const secondsOf = (job: AnyJob): number => {
  if ("audit" in job) return 20;
  const { known, without, models } = job.suite;
  return 1 + known.length + models / 2 + (without.length === 0 ? 30 : 0);
};

describe("the time left of a grid", () => {
  it("is near from the first estimate on, whatever the kinds of jobs", () => {
    const left = new TimeLeft();
    const ratios: number[] = [];
    let rest = jobs.reduce((sum, job) => sum + secondsOf(job), 0);
    for (const [done, job] of jobs.entries()) {
      left.add(job, secondsOf(job));
      rest -= secondsOf(job);
      const waiting = jobs.slice(done + 1);
      const told = left.of(waiting, 1);
      if (told !== undefined && waiting.length > 0) ratios.push(told / rest);
    }
    expect(ratios.length).toBeGreaterThan(jobs.length / 2);
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThan(0.6);
      expect(ratio).toBeLessThan(2);
    }
  });

  it("is shared by executors, and not told after audits alone", () => {
    const left = new TimeLeft();
    for (const audit of auditsOf(QUICK)) left.add(audit, 20);
    expect(left.of(jobs.slice(3), 2)).toBeUndefined();
    for (const job of jobs) left.add(job, 10);
    expect(left.of(jobs.slice(3, 13), 2)).toBe(50);
  });

  it("stands in the line of progress once it is known", () => {
    const progress = { done: 120, all: 400, fresh: 20, last: [] };
    expect(line({ ...progress, left: 190 })).toBe("120/400 units, about 3 min 10 s left");
    expect(line({ ...progress, left: undefined })).toBe("120/400 units");
  });
});
