import { fork } from "node:child_process";
import { once } from "node:events";
import { MoongateError } from "@moongate/errors";
import { z } from "zod";
import type { AnyJob } from "./job.ts";
import { lost } from "./lost.ts";
import { runJob } from "./run-job.ts";
import { type UnitResult, unitResultSchema } from "./unit.ts";

/** Computes one job after the other. */
export interface Executor {
  run(job: AnyJob): Promise<readonly UnitResult[]>;
  end(): void;
}

/** Runs jobs in this very process: for tests, and where there is one core. */
export const here: Executor = { run: runJob, end: () => undefined };

/**
 * A process of its own, which keeps what it has read and compiled from job to job. One that dies
 * (memory, say) fails its job and is replaced at the next.
 */
export class Worker implements Executor {
  #child: ReturnType<typeof fork> | undefined;

  async run(job: AnyJob): Promise<readonly UnitResult[]> {
    const child = (this.#child ??= this.#start());
    child.send(job);
    const ended = new AbortController();
    const { signal } = ended;
    try {
      return await Promise.race([
        once(child, "message", { signal }).then(([message]) => answerSchema.parse(message)),
        once(child, "exit", { signal }).then(([code, by]) => {
          this.#child = undefined;
          const cause = `a worker process ended (${String(code ?? by)}) in the middle of its job`;
          const error = { code: "INTERNAL", cause };
          return job.units.map((unit) => lost(unit, { status: "failed", error }));
        }),
      ]);
    } finally {
      ended.abort();
    }
  }

  end(): void {
    this.#child?.kill("SIGKILL");
    this.#child = undefined;
  }

  #start(): ReturnType<typeof fork> {
    const file = new URL("./worker.js", import.meta.url);
    // Ctrl-C goes to the whole group of a terminal: the parent alone decides what it means.
    const child = fork(file, { stdio: ["ignore", "ignore", "inherit", "ipc"], detached: true });
    child.on("error", () => undefined);
    return child;
  }
}

const answerSchema = z.array(unitResultSchema);

/** What a driver throws when somebody stops it. */
export const stopped = (): MoongateError =>
  new MoongateError("INTERRUPTED", "the grid was stopped", {
    cure: "The same command goes on where it stopped.",
  });
