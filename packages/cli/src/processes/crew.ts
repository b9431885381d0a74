import type { Child, ChildEnd } from "./child.ts";
import { succeeded } from "./child.ts";

/** How long the others may take to end by themselves once one process has failed. */
export const GRACE_MS = 10_000;

export interface CrewOptions {
  /** Ends all children: they get SIGINT, and after the grace SIGKILL. */
  readonly signal: AbortSignal;
  readonly graceMs?: number;
}

/**
 * The processes of one run, which live and fall together: children join as they are started;
 * when one fails or the signal comes, none outlives the grace.
 */
export class Crew {
  readonly #children: Child[] = [];
  readonly #graceMs: number;
  readonly #signal: AbortSignal;
  readonly #failed = new Set<(end: ChildEnd) => void>();
  #watchdog: NodeJS.Timeout | undefined;

  constructor(options: CrewOptions) {
    this.#graceMs = options.graceMs ?? GRACE_MS;
    this.#signal = options.signal;
    this.#signal.addEventListener("abort", this.#interrupt, { once: true });
  }

  add(child: Child): void {
    this.#children.push(child);
    void child.ended.then((end) => {
      if (succeeded(end)) return;
      this.#watch();
      for (const report of this.#failed) report(end);
    });
    if (this.#signal.aborted) this.#interrupt();
  }

  /** Calls back for every child that fails; for progress displays. */
  onFailure(report: (end: ChildEnd) => void): void {
    this.#failed.add(report);
  }

  /** Resolves when every child has ended, in the order they were added. */
  async allEnded(): Promise<ChildEnd[]> {
    const ends = await Promise.all(this.#children.map(async (child) => child.ended));
    clearTimeout(this.#watchdog);
    this.#signal.removeEventListener("abort", this.#interrupt);
    return ends;
  }

  /** Ends the whole crew because the driver itself cannot go on. */
  async stop(): Promise<ChildEnd[]> {
    this.#interrupt();
    return this.allEnded();
  }

  readonly #interrupt = (): void => {
    for (const child of this.#children) child.kill("SIGINT");
    this.#watch();
  };

  #watch(): void {
    this.#watchdog ??= setTimeout(() => {
      for (const child of this.#children) child.kill("SIGKILL");
    }, this.#graceMs);
  }
}
