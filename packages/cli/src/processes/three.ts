import { writeConfig } from "../config/write.ts";
import type { Display } from "../terminal/display.ts";
import { Refusals } from "../terminal/refusals.ts";
import { startChild } from "./child.ts";
import { Crew } from "./crew.ts";
import { failuresByCause } from "./root-cause.ts";

/** The three processes of one session on this machine. */
export interface Three {
  /** The folder their configuration files are written to. */
  readonly directory: string;
  readonly coordinator: object;
  /** Makes the parties' configurations once the coordinator's port is known. */
  readonly parties: (port: number) => { readonly media: object; readonly commerce: object };
}

/**
 * Starts the three processes, each from its own configuration file, and waits for all to end.
 * @throws Refusals with the root cause first; INTERRUPTED when the signal came.
 */
export async function runThree(three: Three, signal: AbortSignal, display: Display): Promise<void> {
  const { directory } = three;
  const crew = new Crew({ signal });
  const file = await writeConfig(directory, "coordinator", three.coordinator);
  const port = await new Promise<number | undefined>((resolve) => {
    const coordinator = startChild("coordinator", file, (event) => {
      if (event.event === "listening") resolve(event.port);
      display.show("coordinator", event);
    });
    crew.add(coordinator);
    void coordinator.ended.then(() => {
      resolve(undefined);
    });
  });
  if (port !== undefined && !signal.aborted) {
    const configs = three.parties(port);
    for (const role of ["media", "commerce"] as const) {
      const config = await writeConfig(directory, role, configs[role]);
      crew.add(
        startChild(role, config, (event) => {
          display.show(role, event);
        }),
      );
    }
  }
  const failures = failuresByCause(await crew.allEnded());
  signal.throwIfAborted();
  const [root, ...others] = failures;
  if (root !== undefined) throw new Refusals(root, others);
}
