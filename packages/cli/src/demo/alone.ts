import { recordOf } from "@moongate/messages";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { MoongateError } from "@moongate/errors";
import { writeWhole } from "@moongate/files";
import { environment, trainAlone } from "@moongate/federation";
import { type AloneDocument, aloneSchema, RESULT_VERSION } from "@moongate/results";
import { peakMemory } from "@moongate/telemetry/process";
import { planRun } from "./check.ts";
import type { DemoOptions, DemoSurroundings } from "./demo.ts";
import { bestAuc } from "./oracles.ts";
import { loadParties, rowsOfStep } from "./parties.ts";
import { makeRunDirectory, requireEmpty, runDirectory } from "./run-directory.ts";
import { demoTables } from "./tables.ts";

export type AloneOptions = DemoOptions & { readonly protocol: "local" | "pooled" };

export const isAlone = (options: DemoOptions): options is AloneOptions =>
  options.protocol === "local" || options.protocol === "pooled";

const SAYING = {
  local: "Commerce alone, on the rows that a session would have: nothing crosses.",
  pooled: "Both tables in one hand, which no session allows: this demo alone has both files.",
};

/**
 * The rungs of the ladder without a session: one process, no keys, nothing sent.
 * @throws MoongateError USAGE for options of sessions; as the parties for wrong tables.
 */
export async function runAlone(
  options: AloneOptions,
  { signal, display: makeDisplay }: DemoSurroundings,
): Promise<AloneDocument> {
  requireNoSession(options);
  const directory = runDirectory(options.out, options.seed, new Date());
  await requireEmpty(directory);
  const planned = await planRun(options);
  const tables = await demoTables(options);
  const parties = await loadParties(tables, planned, options.engine);
  await makeRunDirectory(directory, "alone");
  signal.throwIfAborted();
  const began = performance.now();
  const display = makeDisplay(rowsOfStep(parties));
  for (const { report } of [parties.media, parties.commerce]) {
    for (const line of report?.lines ?? []) display.say(line);
  }
  for (const note of parties.notes) display.say(note);
  display.say(SAYING[options.protocol]);
  display.stop();

  const { plan, media, commerce, matched } = parties;
  const { engine } = options;
  const alone = await trainAlone(options.protocol, { ...parties, engine, signal });
  const best =
    tables.truth === undefined ? recordOf<number>([]) : await bestAuc(tables.truth, parties, alone);
  const { rows, width, models } = alone;
  const result = aloneSchema.parse({
    format: "moongate-alone",
    version: RESULT_VERSION,
    protocol: options.protocol,
    model: plan.model,
    seed: plan.seed,
    rows: {
      media: media.ids.length,
      commerce: commerce.ids.length,
      aligned: matched,
      ...rows,
    },
    width,
    labels: plan.labels,
    models,
    best,
    engine: alone.engine,
    seconds: (performance.now() - began) / 1000,
    peakBytes: peakMemory(),
    environment: environment(),
    runDirectory: directory,
  });
  await writeWhole(join(directory, "result.json"), `${JSON.stringify(result, undefined, 2)}\n`);
  return result;
}

function requireNoSession(options: AloneOptions): void {
  const { protocol, record, corrupt, defence, epsilon, slots } = options;
  const given = Object.entries({
    ...{ record, corrupt, defence, epsilon, slots },
    "audit-dealer": options.auditDealer,
    "score-noise": options.scoreNoise,
    "watch-validation": options.watchValidation,
    "click-cost": options.clickCost,
    "conversion-value": options.conversionValue,
    budget: options.budget,
  }).find(([, value]) => value !== undefined);
  if (given === undefined) return;
  throw new MoongateError(
    "USAGE",
    `--${given[0]} is of sessions, and --protocol ${protocol} has none`,
    {
      cure: "Leave it out, or use --protocol split or masked.",
    },
  );
}
