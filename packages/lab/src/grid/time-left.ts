import type { AnyJob } from "./job.ts";

/**
 * Tells how long a grid will still take, by how long jobs of the same kind took. Jobs differ by
 * far (an audit is a thousand small trainings, a rung without a session is one), so nothing is told
 * until half of what waits is of a kind that has been seen.
 */
export class TimeLeft {
  /** Seconds of the last job of each kind. */
  readonly #took = new Map<string, number>();

  add(job: AnyJob, seconds: number): void {
    this.#took.set(kindOf(job), seconds);
  }

  /**
   * Seconds until the last of these has ended, if they are shared by so many executors that are
   * all at their beginning; undefined while too little is known.
   */
  of(waiting: readonly AnyJob[], executors: number): number | undefined {
    const known = waiting.flatMap((job) => this.#took.get(kindOf(job)) ?? []);
    if (known.length === 0 || 2 * known.length < waiting.length) return undefined;
    const sum = known.reduce((all, seconds) => all + seconds, 0);
    return (sum * waiting.length) / known.length / Math.max(1, executors);
  }
}

/** What decides how long a job takes: a first seed has slow attacks that the others go without. */
function kindOf(job: AnyJob): string {
  const [unit] = job.units;
  const { data, protocol, model, defence, epsilon, control } = unit ?? {};
  const suite = "suite" in job ? job.suite : undefined;
  const noisy = epsilon !== undefined;
  return JSON.stringify([data, protocol, model, defence?.kind, noisy, control, suite]);
}
