import type { ResultDocument } from "@moongate/results";
import { runThree } from "../processes/three.ts";
import type { Display } from "../terminal/display.ts";
import { campaignOf, type CampaignOptions } from "./campaign.ts";
import { planRun } from "./check.ts";
import { coordinatorConfig, makeKeys, type PlanOptions, partyConfigs } from "./configs.ts";
import { completeResult } from "./oracles.ts";
import { loadParties, rowsOfStep } from "./parties.ts";
import { makeRunDirectory, requireEmpty, runDirectory } from "./run-directory.ts";
import { demoTables, type TableOptions } from "./tables.ts";

export interface DemoOptions extends TableOptions, PlanOptions, CampaignOptions {
  readonly out?: string;
}

const CORRUPT =
  "WARNING: the coordinator of this run is corrupt, as asked. It keeps the seeds of all masks, " +
  "which is what no real one may do: with the view of either party it takes every mask off.";

export interface DemoSurroundings {
  readonly signal: AbortSignal;
  /** Makes the display once the batch size is known, so that steps can be shown as rows. */
  readonly display: (rowsPerStep: number) => Display;
  /** The command line, for the report: the run is repeated by it. */
  readonly command?: string | undefined;
}

/**
 * The whole demo: tables, keys, three processes, the oracles, one result document.
 * @throws Refusals with the root cause first; INTERRUPTED when the signal came.
 */
export async function runDemo(
  options: DemoOptions,
  { signal, display: makeDisplay, command }: DemoSurroundings,
): Promise<ResultDocument> {
  const directory = runDirectory(options.out, options.seed, new Date());
  await requireEmpty(directory);
  const planned = await planRun(options);
  const tables = await demoTables(options);
  const parties = await loadParties(tables, planned, options.engine);
  await makeRunDirectory(directory, "demo");
  signal.throwIfAborted();

  const display = makeDisplay(rowsOfStep(parties));
  for (const note of parties.notes) display.say(note);
  if (options.corrupt !== undefined) display.say(CORRUPT);
  try {
    const fingerprints = await makeKeys(directory);
    const coordinator = coordinatorConfig(fingerprints, options);
    const configs = (port: number) =>
      partyConfigs(port, fingerprints, tables, { ...options, ...planned });
    await runThree({ directory, coordinator, parties: configs }, signal, display);
  } finally {
    display.stop();
  }
  display.say("Now the oracle: this demo alone has both files, so it alone can pool them.");
  const campaign = campaignOf(options);
  return completeResult(directory, parties, tables, { campaign, command, signal });
}
