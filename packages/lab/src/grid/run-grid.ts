import { type Executor, stopped } from "./executor.ts";
import type { AnyJob } from "./job.ts";
import { readResults, ResultStore } from "./store.ts";
import { TimeLeft } from "./time-left.ts";
import type { UnitResult } from "./unit.ts";

/** How far a grid is. */
export interface GridProgress {
  /** Units, those of earlier starts included. */
  readonly done: number;
  readonly all: number;
  /** Units run by this start. */
  readonly fresh: number;
  /** Seconds, as far as jobs of the same kinds have been seen. */
  readonly left: number | undefined;
  /** What has just ended; nothing at the start. */
  readonly last: readonly UnitResult[];
}

export interface GridOptions {
  /** Results go to `units.ndjson` here, and those already there are not computed again. */
  readonly folder: string;
  readonly jobs: readonly AnyJob[];
  /** Each takes the next job when it has done one. */
  readonly executors: readonly Executor[];
  readonly onProgress?: (progress: GridProgress) => void;
  /** Stops between two lines; what is in the middle is lost and nothing else. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs all jobs that have not all their results yet.
 * @returns the results of all units of these jobs, in their order.
 * @throws MoongateError INTERRUPTED when the signal came.
 */
export async function runGrid(options: GridOptions): Promise<UnitResult[]> {
  const { folder, jobs, executors, onProgress, signal } = options;
  const results = await readResults(folder);
  const store = new ResultStore(folder);
  const all = jobs.flatMap(({ units }) => units);
  const isDone = ({ units }: AnyJob): boolean => units.every(({ id }) => results.has(id));
  const waiting = jobs.filter((job) => !isDone(job));
  const timeLeft = new TimeLeft();
  const running = new Set<AnyJob>();
  let fresh = 0;
  const tell = (last: readonly UnitResult[]): void => {
    const done = all.filter(({ id }) => results.has(id)).length;
    const left = timeLeft.of([...running, ...waiting], executors.length);
    onProgress?.({ done, all: all.length, fresh, left, last });
  };
  const interrupted = new Promise<never>((_, reject) => {
    signal?.addEventListener("abort", () => {
      reject(stopped());
    });
  });
  interrupted.catch(() => undefined);

  tell([]);
  const work = async (executor: Executor): Promise<void> => {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      if (signal?.aborted === true) throw stopped();
      const began = performance.now();
      running.add(job);
      const found = await Promise.race([executor.run(job), interrupted]);
      running.delete(job);
      timeLeft.add(job, (performance.now() - began) / 1000);
      await store.add(found);
      fresh += found.length;
      for (const result of found) results.set(result.unit.id, result);
      tell(found);
    }
  };
  try {
    await Promise.all(executors.map(work));
  } finally {
    for (const executor of executors) executor.end();
  }
  return all.flatMap(({ id }) => results.get(id) ?? []);
}
