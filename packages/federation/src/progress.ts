import { performance } from "node:perf_hooks";
import type { Logger } from "@moongate/logging";
import { type CpuSeconds, paced, type Phase } from "@moongate/telemetry";
import { PhaseCpu } from "@moongate/telemetry/process";
import type { Observer } from "./events.ts";

/** Keeps the time of the phases and tells observer, log and coordinator about them. */
export class PhaseProgress {
  readonly #observer: Observer | undefined;
  readonly #log: Logger;
  readonly #seconds = new Map<Phase, number>();
  readonly #cpu = new PhaseCpu();
  readonly #began = performance.now();
  #worthTelling = paced();
  #current: { readonly phase: Phase; readonly since: number } | undefined;
  /** Receives every phase that starts as well. */
  onPhase: ((phase: Phase) => void) | undefined;

  constructor(observer: Observer | undefined, log: Logger) {
    this.#observer = observer;
    this.#log = log;
  }

  /** Ends the current phase and starts the next. */
  start(phase: Phase): void {
    if (this.#current?.phase === phase) return;
    this.end();
    this.#current = { phase, since: performance.now() };
    this.#cpu.start(phase);
    this.#worthTelling = paced();
    this.#log.info({ phase }, "phase started");
    this.#observer?.({ event: "phase-started", phase });
    this.onPhase?.(phase);
  }

  end(): void {
    if (this.#current === undefined) return;
    const { phase, since } = this.#current;
    const seconds = (performance.now() - since) / 1000;
    this.#current = undefined;
    this.#cpu.end();
    this.#seconds.set(phase, (this.#seconds.get(phase) ?? 0) + seconds);
    this.#log.info({ phase, seconds }, "phase ended");
    this.#observer?.({ event: "phase-ended", phase, seconds });
  }

  step(done: number, total: number): void {
    if (this.#current === undefined || !this.#worthTelling(done, total)) return;
    this.#observer?.({ event: "progress", phase: this.#current.phase, done, total });
  }

  note(text: string): void {
    this.#log.info(text);
    this.#observer?.({ event: "note", text });
  }

  /** CPU time of this process in each phase so far. */
  cpuSeconds(): CpuSeconds {
    return this.#cpu.read();
  }

  get phase(): Phase | undefined {
    return this.#current?.phase;
  }

  /** Seconds of each phase that has ended, and of all together. */
  seconds(): Record<string, number> {
    const total = (performance.now() - this.#began) / 1000;
    return { ...Object.fromEntries(this.#seconds), total };
  }
}
