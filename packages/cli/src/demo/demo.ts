import type { ResultDocument } from "@moongate/messages";
import { startChild } from "../processes/child.ts";
import { Crew } from "../processes/crew.ts";
import { failuresByCause } from "../processes/root-cause.ts";
import type { Display } from "../terminal/display.ts";
import { Refusals } from "../terminal/refusals.ts";

import {
  coordinatorConfig,
  makeKeys,
  type PlanOptions,
  partyConfigs,
  writeConfig,
} from "./configs.ts";
import { completeResult } from "./oracles.ts";
import { loadParties, rowsOfStep } from "./parties.ts";
import { makeRunDirectory, requireEmpty, runDirectory } from "./run-directory.ts";
import { type DemoTables, demoTables, type TableOptions } from "./tables.ts";

export interface DemoOptions extends TableOptions, PlanOptions {
  readonly out?: string;
}

export interface DemoSurroundings {
  readonly signal: AbortSignal;
  /** Made once the batch size is known, so that steps can be told as rows. */
  readonly display: (rowsPerStep: number) => Display;
}

/**
 * The whole demo: tables, keys, three processes, the oracles, one result document.
 * @throws Refusals with the root cause first; INTERRUPTED when the signal came.
 */
export async function runDemo(
  options: DemoOptions,
  { signal, display: makeDisplay }: DemoSurroundings,
): Promise<ResultDocument> {
  const directory = runDirectory(options.out, options.seed, new Date());
  await requireEmpty(directory);
  const tables = await demoTables(options);
  const parties = await loadParties(tables, options);
  await makeRunDirectory(directory);
  signal.throwIfAborted();

  const display = makeDisplay(rowsOfStep(parties));
  try {
    await runProcesses(directory, tables, options, signal, display);
  } finally {
    display.stop();
  }
  display.say("Now the oracle: this demo alone has both files, so it alone can pool them.");
  return completeResult(directory, parties, tables);
}

/** Starts the three processes, each from its own configuration file, and waits for all to end. */
async function runProcesses(
  directory: string,
  tables: DemoTables,
  plan: PlanOptions,
  signal: AbortSignal,
  display: Display,
): Promise<void> {
  const fingerprints = await makeKeys(directory);
  const crew = new Crew({ signal });
  const file = await writeConfig(directory, "coordinator", coordinatorConfig(fingerprints));
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
    const configs = partyConfigs(port, fingerprints, tables, plan);
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
