import { type Engine, type EngineChoice, loadEngine } from "@moongate/learning";
import type { ResultDocument } from "@moongate/results";
import type { PhaseProgress } from "../progress.ts";

type EngineReport = ResultDocument["engine"];

/** Loads an engine and proves it. */
export type LoadEngine = (options: { readonly engine: EngineChoice }) => Promise<Engine>;

/**
 * The engine that a party's session trains or embeds on in the clear: loaded once, and said once,
 * in the log and to the observer.
 */
export class SessionEngine {
  readonly #choice: EngineChoice;
  readonly #load: LoadEngine;
  readonly #progress: PhaseProgress;
  #engine: Promise<Engine> | undefined;
  #report: EngineReport | undefined;

  constructor(
    choice: EngineChoice = "auto",
    progress: PhaseProgress,
    load: LoadEngine = loadEngine,
  ) {
    this.#choice = choice;
    this.#load = load;
    this.#progress = progress;
  }

  /**
   * Loads an engine that the session will need, or that was asked for by name, before anything is
   * sent. Hours of joint work shall not end at an engine that is not there.
   * @throws MoongateError ENGINE_UNAVAILABLE
   */
  async ready(needed: boolean): Promise<void> {
    if (needed || this.#choice !== "auto") await this.load();
  }

  /** @throws MoongateError ENGINE_UNAVAILABLE */
  load(): Promise<Engine> {
    this.#engine ??= this.#loaded();
    return this.#engine;
  }

  /** The engine the session computed on; undefined where it needed none. */
  get report(): EngineReport | undefined {
    return this.#report;
  }

  async #loaded(): Promise<Engine> {
    const engine = await this.#load({ engine: this.#choice });
    this.#report = engineReport(engine);
    const { name, version } = engine;
    this.#progress.note(`models in the clear: TensorFlow.js ${version}, ${name} engine`);
    return engine;
  }
}

export function engineReport({ name, version, note }: Engine): EngineReport {
  return { name, version, note };
}
