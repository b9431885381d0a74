import { channel } from "node:diagnostics_channel";
import type { CpuSeconds } from "./cpu-seconds.ts";
import type { Phase } from "./phases.ts";

/** The channel on which a profiler inside the process hears of every phase that starts: `{ phase }`. */
export const PHASE_CHANNEL = "moongate:phase";
const started = channel(PHASE_CHANNEL);

/** Keeps account of the CPU time of phases that follow one another. */
export class PhaseCpu {
  readonly #seconds = new Map<Phase, number>();
  #current: { readonly phase: Phase; readonly since: number } | undefined;

  /** Ends the current phase and starts the next. */
  start(phase: Phase): void {
    this.end();
    this.#current = { phase, since: cpuTime() };
    started.publish({ phase });
  }

  end(): void {
    if (this.#current === undefined) return;
    this.#seconds.set(this.#current.phase, this.#spent(this.#current));
    this.#current = undefined;
  }

  /** Every phase so far, the current one up to now. */
  read(): CpuSeconds {
    const current = this.#current;
    return {
      ...Object.fromEntries(this.#seconds),
      ...(current === undefined ? {} : { [current.phase]: this.#spent(current) }),
      total: cpuTime(),
    };
  }

  /** Time of the phase, with what it spent when it was entered before. */
  #spent({ phase, since }: { readonly phase: Phase; readonly since: number }): number {
    return (this.#seconds.get(phase) ?? 0) + cpuTime() - since;
  }
}

function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
